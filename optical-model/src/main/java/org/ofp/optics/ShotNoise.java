// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * Poisson-distributed electron counts with Gaussian read noise.
 *
 * <p>Below a mean of {@value #EXACT_BELOW} the count is drawn exactly, by inversion of the
 * distribution function. Above, the sum of shot and read noise is drawn at once as {@code μ +
 * √(μ+σ²)·z + (z²−1)/6·μ/(μ+σ²)} with z standard normal: the Cornish-Fisher expansion to first
 * order, which has the sum's mean, variance (to a relative 1/18μ) and skewness.
 */
public final class ShotNoise {
  /** Means from here on are drawn by the expansion. */
  static final double EXACT_BELOW = 32;

  /** Separates the read noise's draw from the count's where both are needed. */
  private static final long READ_STREAM = 0xD1B54A32D192ED03L;

  private ShotNoise() {}

  /**
   * One pixel's electrons.
   *
   * @param mean expected electrons, at least 0
   * @param readVariance variance of the read noise in electrons²
   * @param key of {@link CounterRandom}
   * @param pixel index of the pixel
   */
  public static double electrons(double mean, double readVariance, long key, int pixel) {
    long bits = CounterRandom.bits(key, pixel);
    if (mean >= EXACT_BELOW) {
      double z = NormalQuantile.gaussian(bits);
      double variance = mean + readVariance;
      return mean + Math.sqrt(variance) * z + (z * z - 1) * mean / (6 * variance);
    }
    double count = poisson(mean, CounterRandom.uniform(bits));
    return readVariance == 0 ? count : count + readNoise(readVariance, key ^ READ_STREAM, pixel);
  }

  /** Read noise alone, for a bench whose shot noise is off. */
  public static double readNoise(double readVariance, long key, int pixel) {
    return Math.sqrt(readVariance) * NormalQuantile.gaussian(CounterRandom.bits(key, pixel));
  }

  /** The smallest n with P(N ≤ n) ≥ u, for means below {@link #EXACT_BELOW}. */
  static int poisson(double mean, double u) {
    double term = Math.exp(-mean);
    double sum = term;
    int n = 0;
    // Rounding may leave the sum below the largest u; terms that no longer count end the search.
    while (sum < u && (n < mean || term > 1e-18)) {
      n++;
      term *= mean / n;
      sum += term;
    }
    return n;
  }
}
