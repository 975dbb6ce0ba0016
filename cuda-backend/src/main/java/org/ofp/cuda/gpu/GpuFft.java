// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/** A binding to cuFFT. Safe for use by several threads; a plan is used by one at a time. */
public interface GpuFft {
  /** Name of the binding as in the option {@code fft}: {@code jcufft} or {@code javacpp}. */
  String name();

  /**
   * A plan for 2-D complex single-precision transforms.
   *
   * @param rows at least 1
   * @param cols at least 1
   * @param batch frames at a time, contiguous, at least 1
   * @param stream that the plan's transforms run on
   */
  GpuFftPlan plan(int rows, int cols, int batch, GpuStream stream);

  /** What results of a plan are still to be multiplied with to be unitary: 1/√(rows·cols). */
  default float scale(int rows, int cols) {
    return (float) (1 / Math.sqrt((double) rows * cols));
  }
}
