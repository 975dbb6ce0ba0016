// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * Poisson-distributed electron counts with Gaussian read noise.
 *
 * <p>Below a mean of {@value #EXACT_BELOW} the count is drawn exactly, by inversion of the
 * distribution function, and the read noise added. Above, the sum of shot and read noise is drawn
 * at once as {@code μ + √(μ+σ²)·z + (z²−1)/6·μ/(μ+σ²)} with z standard normal: the Cornish-Fisher
 * expansion to first order, which has the sum's mean, variance (to a relative 1/18μ) and skewness.
 *
 * <p>Three passes over a frame instead of one: the normal numbers need table look-ups, the
 * expansion is arithmetic that the compiler turns into vector instructions (root and quotient pixel
 * by pixel took twice as long as the normal number itself), and few pixels are left for the search.
 */
public final class ShotNoise {
  /** Means from here on are drawn by the expansion. */
  static final float EXACT_BELOW = 16;

  /** Separates the read noise's draw from the count's where both are needed. */
  private static final long READ_STREAM = 0xD1B54A32D192ED03L;

  /** 1/n; the search for a count below a mean of {@link #EXACT_BELOW} never comes near the end. */
  private static final double[] RECIPROCALS = new double[128];

  static {
    for (int n = 1; n < RECIPROCALS.length; n++) {
      RECIPROCALS[n] = 1.0 / n;
    }
  }

  private ShotNoise() {}

  /**
   * Replaces expected electrons by drawn ones.
   *
   * @param electrons expected values, at least 0, {@code n} of them from {@code from}
   * @param firstPixel index of the first of them in its frame
   * @param readVariance variance of the read noise in electrons²
   * @param key of {@link CounterRandom}
   * @param scratch room for {@code n} values
   */
  public static void apply(
      float[] electrons,
      int from,
      int n,
      int firstPixel,
      double readVariance,
      long key,
      float[] scratch) {
    for (int i = 0; i < n; i++) {
      scratch[i] = (float) NormalQuantile.gaussian(CounterRandom.bits(key, firstPixel + i));
    }
    expand(electrons, from, n, (float) readVariance, scratch);
    for (int i = 0; i < n; i++) {
      float mean = electrons[from + i];
      electrons[from + i] =
          mean >= EXACT_BELOW ? scratch[i] : few(mean, readVariance, key, firstPixel + i);
    }
  }

  private static void expand(float[] mean, int from, int n, float readVariance, float[] z) {
    for (int i = 0; i < n; i++) {
      float mu = mean[from + i];
      float variance = mu + readVariance;
      z[i] = mu + (float) Math.sqrt(variance) * z[i] + (z[i] * z[i] - 1) * mu / (6 * variance);
    }
  }

  private static float few(float mean, double readVariance, long key, int pixel) {
    double count = poisson(mean, CounterRandom.uniform(CounterRandom.bits(key, pixel)));
    return (float)
        (readVariance == 0 ? count : count + readNoise(readVariance, key ^ READ_STREAM, pixel));
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
      term *= mean * RECIPROCALS[n];
      sum += term;
    }
    return n;
  }
}
