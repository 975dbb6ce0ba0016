// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import org.bytedeco.cuda.global.cufft;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * cuFFT of CUDA 13 through the JavaCPP preset. Loads nothing by itself, see {@link
 * CudaLibraries#JAVACPP_CUFFT}.
 */
final class JavacppFft implements GpuFft {
  private final DriverGpu gpu;

  JavacppFft(DriverGpu gpu) {
    this.gpu = gpu;
  }

  @Override
  public String name() {
    return CudaLibraries.JAVACPP_CUFFT.binding();
  }

  @Override
  public GpuFftPlan plan(int rows, int cols, int batch, GpuStream stream) {
    return CufftPlan.make(gpu, new Plan(), rows, cols, batch, DriverStream.of(gpu, stream));
  }

  private static final class Plan implements Cufft {
    private final DeviceView.Bytes work = new DeviceView.Bytes();
    private final DeviceView.Complex source = new DeviceView.Complex();
    private final DeviceView.Complex destination = new DeviceView.Complex();
    private int handle;

    @Override
    public int create() {
      int[] created = new int[1];
      int status = cufft.cufftCreate(created);
      handle = created[0];
      return status;
    }

    @Override
    public int setAutoAllocation(boolean on) {
      return cufft.cufftSetAutoAllocation(handle, on ? 1 : 0);
    }

    @Override
    public int makePlanMany(int rows, int cols, int batch, long[] workBytes) {
      int distance = rows * cols;
      try (SizeTPointer bytes = new SizeTPointer(1)) {
        int status =
            cufft.cufftMakePlanMany(
                handle,
                2,
                new int[] {rows, cols},
                (int[]) null,
                1,
                distance,
                (int[]) null,
                1,
                distance,
                C2C,
                batch,
                bytes);
        workBytes[0] = bytes.get();
        return status;
      }
    }

    @Override
    public int setWorkArea(long address) {
      return cufft.cufftSetWorkArea(handle, work.at(address));
    }

    @Override
    public int setStream(DriverStream stream) {
      return cufft.cufftSetStream(handle, new DeviceView.Stream(stream.handle()));
    }

    @Override
    public int execC2C(long from, long to, int direction) {
      return cufft.cufftExecC2C(handle, source.at(from), destination.at(to), direction);
    }

    @Override
    public int destroy() {
      return cufft.cufftDestroy(handle);
    }
  }
}
