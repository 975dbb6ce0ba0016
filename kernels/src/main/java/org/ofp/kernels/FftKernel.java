// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/**
 * A maker of plans for 2-D complex discrete Fourier transforms.
 *
 * <p>Thread-safe.
 */
public interface FftKernel extends Kernel {

  /**
   * The plan for one frame size. Plans from {@link Kernels} are cached: asking again is cheap.
   *
   * @param rows at least 1; 1 makes it a 1-D transform of each row
   * @param cols at least 1
   * @throws IllegalArgumentException if a size is below 1 or a frame exceeds 2³⁰ − 1 pixels
   */
  FftPlan plan(int rows, int cols);
}
