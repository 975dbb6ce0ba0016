// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Statistics.assertWithin;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Poisson count of mean μ has variance μ and third central moment μ; read noise adds σ². */
class ShotNoiseValidationTest {
  private static final long SEED = 42;

  @ParameterizedTest
  @CsvSource({
    "0.1, 0",
    "1, 0",
    "10, 0",
    "31, 0",
    "31.999, 0",
    "32, 0",
    "33, 0",
    "100, 0",
    "1e3, 0",
    "1e5, 0",
    "0, 4",
    "0.1, 4",
    "10, 900",
    "31, 9",
    "33, 9",
    "33, 900",
    "1e4, 900"
  })
  void meanVarianceAndThirdMoment(double mean, double readVariance) {
    int n = Statistics.count(200_000, 5_000_000);
    long key = CounterRandom.key(SEED, 1, 0, 0, 6);
    Statistics.Moments m = new Statistics.Moments(mean);
    for (int i = 0; i < n; i++) {
      m.add(electrons(mean, readVariance, key, i));
    }
    // Central moments of Poisson plus Gaussian from the cumulants κ2 = μ+σ², κ3 … κ6 = μ.
    double k2 = mean + readVariance;
    double mu4 = mean + 3 * k2 * k2;
    double mu6 = mean + 15 * mean * k2 + 10 * mean * mean + 15 * k2 * k2 * k2;
    // The expansion's variance is k2 + 2c² and its third moment μ + 8c³, with c = μ/6k2 ≤ 1/6.
    boolean expansion = mean >= ShotNoise.EXACT_BELOW;
    double c = expansion ? mean / (6 * k2) : 0;
    String label = "mean " + mean + ", read variance " + readVariance + ", seed " + SEED;
    double se = Statistics.SIGMAS / Math.sqrt(n);
    assertWithin(0, m.about(1), se * Math.sqrt(k2), label + ": mean");
    assertWithin(k2, m.about(2), se * Math.sqrt(mu4 - k2 * k2) + 2 * c * c, label + ": variance");
    // The expansion's own 4th and 6th moments differ a little, which the standard error ignores.
    assertWithin(
        mean,
        m.about(3),
        se * Math.sqrt(mu6 - mean * mean) + 8 * c * c * c,
        label + ": third moment");
  }

  @Test
  void aGaussianWouldLackTheThirdMoment() {
    // Negative control for the test above: at μ = 33 the skewness is seen.
    int n = 200_000;
    double mean = 33;
    long key = CounterRandom.key(SEED, 1, 0, 0, 6);
    Statistics.Moments m = new Statistics.Moments(mean);
    for (int i = 0; i < n; i++) {
      m.add(mean + ShotNoise.readNoise(mean, key, i));
    }
    double allowed = Statistics.SIGMAS * Math.sqrt(15 * Math.pow(mean, 3) / n);
    assertTrue(Math.abs(m.about(3) - mean) > allowed, m.about(3) + " ± " + allowed);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 1, 3.7, 10, 15, 15.999})
  void lowCountsAreExactlyPoisson(double mean) {
    int n = Statistics.count(200_000, 5_000_000);
    int[] observed = new int[201];
    long key = CounterRandom.key(SEED, 2, 0, 0, 6);
    for (int i = 0; i < n; i++) {
      double electrons = electrons(mean, 0, key, i);
      assertEquals(Math.rint(electrons), electrons, "whole electrons");
      observed[(int) electrons]++;
    }
    // Neighbouring counts are pooled until 20 are expected of each.
    List<double[]> cells = new ArrayList<>();
    double expected = 0;
    double seen = 0;
    double left = n;
    for (int k = 0; k <= 200; k++) {
      double e = n * probability(k, mean);
      expected += e;
      seen += observed[k];
      left -= e;
      if (expected >= 20 && left >= 20) {
        cells.add(new double[] {expected, seen});
        expected = 0;
        seen = 0;
      }
    }
    cells.add(new double[] {expected, seen});
    double chiSquare = 0;
    for (double[] cell : cells) {
      chiSquare += (cell[1] - cell[0]) * (cell[1] - cell[0]) / cell[0];
    }
    double z = Statistics.standardised(chiSquare, cells.size() - 1);
    assertTrue(z < Statistics.SIGMAS, "z " + z + " of " + cells.size() + " cells, seed " + SEED);
  }

  private static double probability(int k, double mean) {
    double log = k * Math.log(mean) - mean;
    for (int j = 2; j <= k; j++) {
      log -= Math.log(j);
    }
    return Math.exp(log);
  }

  @Test
  void inversionGivesTheSmallestCountThatReachesTheProbability() {
    for (double mean : new double[] {0.001, 0.5, 1, 7, 31.9}) {
      double cumulative = 0;
      for (int k = 0; cumulative < 1 - 1e-9; k++) {
        cumulative += probability(k, mean);
        // 1e-12 from the step, rounding of either sum plays no part.
        assertTrue(ShotNoise.poisson(mean, cumulative - 1e-12) <= k, "mean " + mean + " k " + k);
        assertTrue(ShotNoise.poisson(mean, cumulative + 1e-12) > k, "mean " + mean + " k " + k);
      }
    }
  }

  @Test
  void theLastUniformNumberGivesNoAbsurdCount() {
    // P(N > n) = 1.1e-16: n = 5 for a mean of 0.001, not wherever a loop happens to stop.
    double last = CounterRandom.uniform(-1L);
    assertTrue(ShotNoise.poisson(0.001, last) <= 7, "" + ShotNoise.poisson(0.001, last));
    assertTrue(ShotNoise.poisson(1, last) <= 20);
    assertTrue(ShotNoise.poisson(15.999, last) <= 70);
    assertEquals(0, ShotNoise.poisson(0, last));
  }

  @Test
  void withoutLightAndReadNoiseThereIsNothing() {
    for (int i = 0; i < 1000; i++) {
      assertEquals(0, electrons(0, 0, 77, i));
    }
  }

  @Test
  void countAndReadNoiseAreIndependent() {
    int n = 200_000;
    long key = CounterRandom.key(SEED, 3, 0, 0, 6);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double count = electrons(10, 0, key, i);
      double read = electrons(10, 1, key, i) - count;
      sum += (count - 10) * read;
    }
    assertWithin(0, sum / n, Statistics.SIGMAS * Math.sqrt(10.0 / n), "covariance");
    assertNotEquals(0, sum);
  }

  private static double electrons(double mean, double readVariance, long key, int pixel) {
    float[] values = {(float) mean};
    ShotNoise.apply(values, 0, 1, pixel, readVariance, key, new float[1]);
    return values[0];
  }

  @Test
  void aFrameIsDrawnLikeItsPixels() {
    // Both branches, an offset, and more pixels than a vector holds.
    float[] frame = new float[150];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = i < 7 ? 99 : 0.3f * i;
    }
    float[] expected = frame.clone();
    for (int i = 7; i < frame.length; i++) {
      expected[i] = (float) electrons(frame[i], 2, 5, i - 7 + 1000);
    }
    ShotNoise.apply(frame, 7, 143, 1000, 2, 5, new float[143]);
    // A float of vector and of scalar code: the same operations, one rounding each.
    assertArrayEquals(expected, frame, 1e-5f);
  }
}
