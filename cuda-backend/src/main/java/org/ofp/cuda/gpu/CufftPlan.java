// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/**
 * A plan of cuFFT. Its work area is taken by this SDK and not by cuFFT, so that it is counted, and
 * that an error says how much is missing.
 */
final class CufftPlan extends DriverResource implements GpuFftPlan {
  private final Cufft cufft;
  private final String what;
  private GpuMemory work;

  private CufftPlan(DriverGpu gpu, Cufft cufft, int rows, int cols, int batch) {
    super(gpu, "a plan");
    this.cufft = cufft;
    what = "transforms of " + batch + " frames " + rows + "x" + cols;
  }

  /** As {@link GpuFft#plan}. */
  static CufftPlan make(
      DriverGpu gpu, Cufft cufft, int rows, int cols, int batch, DriverStream stream) {
    if (rows < 1 || cols < 1 || batch < 1) {
      throw new IllegalArgumentException(batch + " frames " + rows + "x" + cols);
    }
    gpu.enter();
    CufftPlan plan = new CufftPlan(gpu, cufft, rows, cols, batch);
    plan.check("cufftCreate", cufft.create());
    gpu.adopt(plan);
    try {
      plan.make(rows, cols, batch, stream);
    } catch (RuntimeException e) {
      plan.close();
      throw e;
    }
    return plan;
  }

  private void make(int rows, int cols, int batch, DriverStream stream) {
    check("cufftSetAutoAllocation", cufft.setAutoAllocation(false));
    long[] bytes = new long[1];
    check("cufftMakePlanMany", cufft.makePlanMany(rows, cols, batch, bytes));
    if (bytes[0] > 0) {
      work = gpu().allocate("cuFFT's work area for " + what, bytes[0]);
      check("cufftSetWorkArea", cufft.setWorkArea(work.address()));
    }
    check("cufftSetStream", cufft.setStream(stream));
  }

  @Override
  public void transform(long from, long to, boolean inverse) {
    enter();
    check("cufftExecC2C", cufft.execC2C(from, to, inverse ? Cufft.INVERSE : Cufft.FORWARD));
  }

  @Override
  void free() {
    try {
      check("cufftDestroy", cufft.destroy());
    } finally {
      if (work != null) {
        work.close();
      }
    }
  }

  private void check(String call, int status) {
    gpu().check(CudaStatus.Library.CUFFT, what, call, status);
  }
}
