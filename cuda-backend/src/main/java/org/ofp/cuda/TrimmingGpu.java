// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuDescription;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuFftPlan;
import org.ofp.cuda.gpu.GpuFunction;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** A GPU that frees what is kept for later before it says that there is no room. */
final class TrimmingGpu implements Gpu {
  private final Gpu gpu;
  private final BooleanSupplier trim;

  /**
   * @param trim frees what it can and says whether there was anything; called by any thread that
   *     allocates, whatever locks it holds
   */
  TrimmingGpu(Gpu gpu, BooleanSupplier trim) {
    this.gpu = gpu;
    this.trim = trim;
  }

  private <T> T withRoom(Supplier<T> taking) {
    try {
      return taking.get();
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.OUT_OF_MEMORY || !trim.getAsBoolean()) {
        throw e;
      }
      return taking.get();
    }
  }

  /** Transforms on this GPU, whose plans take memory, too. */
  GpuFft transforms(GpuFft fft) {
    return new GpuFft() {
      @Override
      public String name() {
        return fft.name();
      }

      @Override
      public GpuFftPlan plan(int rows, int cols, int batch, GpuStream stream) {
        return withRoom(() -> fft.plan(rows, cols, batch, stream));
      }

      @Override
      public float scale(int rows, int cols) {
        return fft.scale(rows, cols);
      }
    };
  }

  @Override
  public GpuDescription description() {
    return gpu.description();
  }

  @Override
  public long freeBytes() {
    return gpu.freeBytes();
  }

  @Override
  public GpuMemory allocate(String purpose, long bytes) {
    return withRoom(() -> gpu.allocate(purpose, bytes));
  }

  @Override
  public HostMemory allocateHost(String purpose, long bytes) {
    return gpu.allocateHost(purpose, bytes);
  }

  @Override
  public GpuStream openStream() {
    return gpu.openStream();
  }

  @Override
  public GpuFunction function(String module, String name) {
    return gpu.function(module, name);
  }

  @Override
  public void close() {
    gpu.close();
  }
}
