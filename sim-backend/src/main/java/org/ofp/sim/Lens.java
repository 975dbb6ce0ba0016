// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

/**
 * Stage 3, the lens: light leaving the modulator → field at the sensor's pixels, the zero order on
 * the axis.
 */
interface Lens {
  /**
   * Gives the field of one frame.
   *
   * @param light interleaved, from {@code offset}; stays as it is
   * @param lanes of this thread
   * @param re receives the real parts
   * @param im receives the imaginary parts
   */
  void propagate(float[] light, int offset, Lanes lanes, float[] re, float[] im);
}
