// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The counts of one exposure of a frame, in runs of pixels in the detector's order: the steps are
 * the four reads of a square-law sensor, or the two planes of a coherent read. Immutable.
 */
final class CountSteps {
  private final int pixels;
  private final boolean fourStep;

  CountSteps(FrameShape shape, ReadoutMode mode) {
    pixels = shape.pixels();
    fourStep = mode == ReadoutMode.FOUR_STEP;
  }

  /** Counts of a pixel. */
  int steps() {
    return fourStep ? 4 : 2;
  }

  /** Index of the first readout of an exposure. */
  int readout(int exposure) {
    return fourStep ? 4 * exposure : exposure;
  }

  /**
   * Reads a run.
   *
   * @param first first pixel
   * @param n pixels
   * @param into receives {@link #steps()} runs
   */
  void read(FrameSequence sequence, int frame, int exposure, int first, int n, float[][] into) {
    // The planes of a coherent read lie as far apart as the single planes of four reads.
    int from = sequence.countOffset(frame, readout(exposure)) + first;
    for (int s = 0; s < steps(); s++) {
      sequence.counts().get(from + s * pixels, into[s], 0, n);
    }
  }

  /**
   * Turns steps into both quadratures, in the first two runs: those of a coherent read as they are;
   * {@code I₀−I₂} and {@code I₁−I₃}, which is 4γR times the field, of four steps.
   */
  void toQuadratures(float[][] steps, int n) {
    if (fourStep) {
      subtract(steps[0], steps[2], n);
      subtract(steps[1], steps[3], n);
    }
  }

  private static void subtract(float[] from, float[] what, int n) {
    for (int j = 0; j < n; j++) {
      from[j] -= what[j];
    }
  }
}
