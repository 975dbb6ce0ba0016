// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import jcuda.jcufft.JCufft;
import jcuda.jcufft.cufftHandle;
import jcuda.runtime.cudaStream_t;

/** cuFFT of CUDA 11 through JCufft. Loads nothing by itself, see {@link CudaLibraries#JCUFFT}. */
final class JcufftFft implements GpuFft {
  private final DriverGpu gpu;

  JcufftFft(DriverGpu gpu) {
    this.gpu = gpu;
  }

  @Override
  public String name() {
    return CudaLibraries.JCUFFT.binding();
  }

  @Override
  public GpuFftPlan plan(int rows, int cols, int batch, GpuStream stream) {
    return CufftPlan.make(gpu, new Plan(), rows, cols, batch, DriverStream.of(gpu, stream));
  }

  private static final class Plan implements Cufft {
    private final cufftHandle handle = new cufftHandle();

    @Override
    public int create() {
      return JCufft.cufftCreate(handle);
    }

    @Override
    public int setAutoAllocation(boolean on) {
      return JCufft.cufftSetAutoAllocation(handle, on ? 1 : 0);
    }

    @Override
    public int makePlanMany(int rows, int cols, int batch, long[] workBytes) {
      int distance = rows * cols;
      return JCufft.cufftMakePlanMany(
          handle,
          2,
          new int[] {rows, cols},
          null,
          1,
          distance,
          null,
          1,
          distance,
          C2C,
          batch,
          workBytes);
    }

    @Override
    public int setWorkArea(long address) {
      return JCufft.cufftSetWorkArea(handle, new Address(address));
    }

    @Override
    public int setStream(DriverStream stream) {
      return JCufft.cufftSetStream(handle, new cudaStream_t(stream.driverStream()));
    }

    @Override
    public int execC2C(long from, long to, int direction) {
      return JCufft.cufftExecC2C(handle, new Address(from), new Address(to), direction);
    }

    @Override
    public int destroy() {
      return JCufft.cufftDestroy(handle);
    }
  }
}
