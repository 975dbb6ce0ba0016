// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * The amplitude of the light on the modulator, whose mean square over the active area is 1, so that
 * {@code source.power} is the power there.
 *
 * <p>Uniform, or Gaussian: {@code exp(−r²/w²)} with the 1/e² intensity radius w (Siegman,
 * <i>Lasers</i>, chapter 17). Separable; the sums are taken axis by axis. Immutable.
 */
public final class Illumination {
  private final double waist;
  private final double centreX;
  private final double centreY;
  private final double peak;

  private Illumination(double waist, double centreX, double centreY, double peak) {
    this.waist = waist;
    this.centreX = centreX;
    this.centreY = centreY;
    this.peak = peak;
  }

  /** The illumination of a bench. */
  public static Illumination of(BenchParameters bench) {
    double pitch = bench.slm().pitch();
    double waist = bench.beam().waist() / pitch;
    double x = bench.beam().shiftX() / pitch;
    double y = bench.beam().shiftY() / pitch;
    double power =
        meanPower(bench.frame().rows(), waist, y) * meanPower(bench.frame().cols(), waist, x);
    Contradictions.unless(
        power > 1e-12,
        "beam.waist and beam.shift leave no light on the modulator; widen or centre the beam");
    return new Illumination(waist, x, y, 1 / Math.sqrt(power));
  }

  private static double meanPower(int n, double waist, double centre) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double amplitude = profile(i - n / 2 - centre, waist);
      sum += amplitude * amplitude;
    }
    return sum / n;
  }

  private static double profile(double distance, double waist) {
    double ratio = distance / waist; // 0 for a waist of infinity
    return Math.exp(-ratio * ratio);
  }

  /** Whether every pixel gets the same light. */
  public boolean isUniform() {
    return waist == Double.POSITIVE_INFINITY;
  }

  /** The amplitude on the axis. */
  public double onAxis() {
    return at(0, 0);
  }

  /**
   * The amplitude at a pixel.
   *
   * @param row pixels from the axis
   * @param col pixels from the axis
   */
  public double at(double row, double col) {
    return peak * profile(row - centreY, waist) * profile(col - centreX, waist);
  }
}
