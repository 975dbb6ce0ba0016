// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

/**
 * Stage 3, the lens: light leaving the modulator → field at the sensor's pixels, the zero order on
 * the axis.
 */
interface Lens {
  /** Does what can be done for {@code count} frames from {@code offset} at once, in place. */
  void transform(float[] frames, int offset, int count);

  /**
   * Gives the field of one frame that {@link #transform} has seen.
   *
   * @param frames interleaved, from {@code offset}
   * @param scale factor of the field
   * @param re receives the real parts from {@code reTarget}
   * @param im receives the imaginary parts from {@code imTarget}
   */
  void field(
      float[] frames, int offset, float scale, float[] re, int reTarget, float[] im, int imTarget);
}
