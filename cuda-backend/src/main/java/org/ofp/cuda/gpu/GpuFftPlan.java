// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/** Transforms of a batch of frames, on the stream that the plan was made for. */
public interface GpuFftPlan extends AutoCloseable {
  /**
   * Queues the transforms; the kernel is exp(∓2πi·kn/N), not scaled.
   *
   * @param from address of the frames, interleaved
   * @param to address of the results, which may be {@code from}
   */
  void transform(long from, long to, boolean inverse);

  /** What the results are still to be multiplied with to be unitary: 1/√(rows·cols). */
  float scale();

  /** Frees plan and work area. Closing again does nothing. */
  @Override
  void close();
}
