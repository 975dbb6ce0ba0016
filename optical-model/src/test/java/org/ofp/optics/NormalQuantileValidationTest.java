// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Statistics.assertWithin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileValidationTest {
  /** What the class promises of its table against AS 241. */
  private static final double TABLE_DEVIATION = 3.5e-6;

  @ParameterizedTest
  @CsvSource({
    // The test values of Wichura's paper, and usual quantiles to 16 digits.
    "0.25, -0.6744897501960817",
    "0.001, -3.090232306167814",
    "1e-20, -9.262340089798408",
    "0.5, 0",
    "0.975, 1.959963984540054",
    "0.95, 1.6448536269514722",
    "0.8413447460685429, 1",
    "0.0013498980316300933, -3"
  })
  void as241GivesPublishedValues(double p, double z) {
    // 16 digits are claimed; a rounding of p itself moves z by ulp(p)/φ(z)/2.
    double rounding = Math.ulp(p) / 2 / (Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI));
    assertEquals(z, NormalQuantile.quantile(p), 4 * Math.ulp(z) + rounding);
  }

  @Test
  void as241InvertsTheDistributionFunction() {
    for (double z = -8; z <= 0; z += 0.01) {
      double p = lowerTail(-z);
      // The sum below is good to a few 1e-15 of p, and dz = dp/φ(z) with p/φ(z) below 1.26.
      assertEquals(z, NormalQuantile.quantile(p), 2e-14, "z " + z);
    }
    for (double z = 0; z <= 5; z += 0.01) {
      double p = 1 - lowerTail(z);
      double rounding = 2e-16 / (Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI));
      assertEquals(z, NormalQuantile.quantile(p), 2e-14 + rounding, "z " + z);
    }
  }

  /** P(Z ≤ −z) for z ≥ 0: series 26.2.11 and continued fraction 26.2.14 of Abramowitz, Stegun. */
  private static double lowerTail(double z) {
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    if (z < 1) {
      double term = z;
      double sum = z;
      for (int k = 3; term > 1e-20; k += 2) {
        term *= z * z / k;
        sum += term;
      }
      return 0.5 - density * sum;
    }
    double fraction = z;
    for (int k = 300; k >= 1; k--) {
      fraction = z + k / fraction;
    }
    return density / fraction;
  }

  /** The quantile that gaussian approximates for a magnitude, an odd number below 2^31. */
  private static double exact(int magnitude) {
    return -NormalQuantile.quantile(magnitude * 0x1p-32);
  }

  @Test
  void theTableStaysWithinItsPromise() {
    double worst = 0;
    int at = 0;
    // 70 places in each cell of 1/128 octave, and each of the smallest magnitudes.
    for (double x = 1; x < 0x1p31; x = Math.max(x * (1 + 1e-4), x + 1)) {
      int magnitude = (int) x | 1;
      double deviation = Math.abs(NormalQuantile.gaussian(magnitude) - exact(magnitude));
      if (deviation > worst) {
        worst = deviation;
        at = magnitude;
      }
    }
    System.out.printf("largest deviation of the table %.3g, at %d/2^32%n", worst, at);
    assertTrue(worst <= TABLE_DEVIATION, "deviation " + worst + " at " + at);
    // Were it far smaller, the promise would not be that of this table.
    assertTrue(worst >= TABLE_DEVIATION / 2, "deviation " + worst);
  }

  @Test
  void bothSignsHaveTheSameMagnitudes() {
    for (int i = 0; i < 10000; i++) {
      int bits = (int) CounterRandom.bits(9, i) & Integer.MAX_VALUE;
      float z = NormalQuantile.gaussian(bits);
      assertTrue(z >= 0);
      assertEquals(-z, NormalQuantile.gaussian(-(bits | 1)));
      assertEquals(z, NormalQuantile.gaussian(bits ^ 1), "the lowest bit plays no part");
    }
  }

  @Test
  void theEndsAreFinite() {
    double end = -NormalQuantile.quantile(0x1p-32);
    assertTrue(end > 6.2, "end " + end);
    assertEquals(end, NormalQuantile.gaussian(0), TABLE_DEVIATION);
    assertEquals(-end, NormalQuantile.gaussian(-1), TABLE_DEVIATION);
    // Where the magnitude is rounded to 2^31, that is p to ½.
    assertEquals(0, NormalQuantile.gaussian(Integer.MAX_VALUE), 1e-7);
    assertEquals(0, NormalQuantile.gaussian(Integer.MIN_VALUE), 1e-7);
  }

  @Test
  void neverIncreasesWithTheMagnitude() {
    float before = Float.MAX_VALUE;
    for (int i = 0; i < 1 << 18; i++) {
      float z = NormalQuantile.gaussian(i << 13);
      // Chords meet at the cells' ends, up to the rounding of height and product below 8.
      assertTrue(z <= before + 2 * Math.ulp(4f), "at " + i);
      before = z;
    }
  }

  @Test
  void theDistributionHasTheMomentsOfANormalOne() {
    // Midpoint sum over the distribution itself, without chance: what is left is the table's
    // deviation and the coarseness of the sum, which in the last step misses z²/n ≈ 25/n.
    int n = 1 << 20;
    double[] sums = new double[3];
    for (int i = 0; i < n; i++) {
      double z = NormalQuantile.gaussian((2 * i + 1) << 10);
      sums[0] += z;
      sums[1] += z * z;
      sums[2] += z * z * z * z;
    }
    assertEquals(Math.sqrt(2 / Math.PI), sums[0] / n, 10.0 / n, "mean magnitude");
    assertEquals(1, sums[1] / n, 30.0 / n, "variance");
    assertEquals(3, sums[2] / n, 900.0 / n, "kurtosis");
  }

  @Test
  void samplesHaveTheMomentsOfANormalDistribution() {
    int n = Statistics.count(1 << 19, 1 << 24);
    long seed = 3;
    long key = CounterRandom.key(seed, 0, 0, 0, 6);
    Statistics.Moments m = new Statistics.Moments(0);
    int beyond3 = 0;
    for (int i = 0; i < n; i++) {
      double z = NormalQuantile.gaussian((int) (CounterRandom.bits(key, i) >>> 32));
      m.add(z);
      beyond3 += Math.abs(z) > 3 ? 1 : 0;
    }
    // E z² = 1, E z⁴ = 3, E z⁶ = 15, E z⁸ = 105: variances of the powers 1, 2, 15, 96.
    double error = Statistics.SIGMAS / Math.sqrt(n);
    assertWithin(0, m.about(1), error, "mean, seed " + seed);
    assertWithin(1, m.about(2), error * Math.sqrt(2), "variance, seed " + seed);
    assertWithin(0, m.about(3), error * Math.sqrt(15), "third moment, seed " + seed);
    assertWithin(3, m.about(4), error * Math.sqrt(96), "fourth moment, seed " + seed);
    double p = 2 * lowerTail(3);
    assertWithin(p, beyond3 / (double) n, error * Math.sqrt(p), "tail, seed " + seed);
  }
}
