// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import org.ofp.cuda.gpu.CudaDriver;
import org.ofp.cuda.gpu.CudaLibraries;
import org.ofp.cuda.gpu.DriverGpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuDescription;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.GpuSurvey;
import org.ofp.cuda.gpu.JavacppBlas;
import org.ofp.kernels.KernelUnavailableException;

/** The GPU that products of the host's data run on: the first that will do. Thread-safe. */
public final class InstalledGpu {
  /** What the engines are called. */
  static final String ENGINE = "cublas";

  private static final String TF32 = "ofp.cublas.tf32";

  private InstalledGpu() {}

  /**
   * Looks for a GPU and cuBLAS without opening them.
   *
   * @throws KernelUnavailableException with the reason
   */
  static void probe() {
    String reason = DriverPresence.missing();
    if (reason.isEmpty()) {
      reason = CudaDriver.survey().reason();
    }
    if (reason.isEmpty()) {
      reason = CudaLibraries.CUBLAS.missing().map(why -> "no cuBLAS: " + why).orElse("");
    }
    if (!reason.isEmpty()) {
      throw new KernelUnavailableException(reason);
    }
  }

  /** Its lanes, opened when the first product runs. */
  static ProductPool lanes() {
    return Once.LANES;
  }

  /**
   * Closes it, once no product runs on it, so that a GPU that was lost can be opened anew; the next
   * product opens it again.
   */
  public static void release() {
    lanes().release();
  }

  private static final class Once {
    static final ProductPool LANES = new ProductPool(InstalledGpu::open);
  }

  /** Opens it. */
  static ProductGpu open() {
    probe();
    int ordinal =
        CudaDriver.survey().gpus().stream()
            .filter(gpu -> gpu.computeCapability() >= GpuSurvey.MIN_COMPUTE_CAPABILITY)
            .mapToInt(GpuDescription::ordinal)
            .findFirst()
            .orElseThrow();
    return new Opened(DriverGpu.open(ordinal), Boolean.getBoolean(TF32));
  }

  private record Opened(DriverGpu gpu, boolean tf32) implements ProductGpu {
    @Override
    public GpuBlas openBlas(GpuStream stream) {
      return JavacppBlas.open(gpu, stream, tf32);
    }

    @Override
    public void close() {
      gpu.close();
    }
  }
}
