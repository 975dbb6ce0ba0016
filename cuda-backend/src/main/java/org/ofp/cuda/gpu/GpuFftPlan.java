// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/** Transforms of a batch of frames, on the stream that the plan was made for. */
public interface GpuFftPlan extends AutoCloseable {
  /**
   * Queues the transforms; the kernel is exp(∓2πi·kn/N), not scaled, see {@link GpuFft#scale}.
   *
   * @param from address of the frames, interleaved
   * @param to address of the results, which may be {@code from}
   */
  void transform(long from, long to, boolean inverse);

  /** Frees plan and work area. Closing again does nothing. */
  @Override
  void close();
}
