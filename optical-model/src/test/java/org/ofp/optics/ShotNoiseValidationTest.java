// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Statistics.assertWithin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Poisson count of mean μ has variance μ and third central moment μ; read noise adds σ². */
class ShotNoiseValidationTest {
  private static final long SEED = 42;

  @ParameterizedTest
  @CsvSource({
    "0.01, 0",
    "0.1, 0",
    "1, 0",
    "2.71, 0",
    "10, 0",
    "15.9, 0",
    "15.999999, 0",
    "16, 0",
    "17, 0",
    "100, 0",
    "1e3, 0",
    "1e5, 0",
    "1e9, 0",
    "0, 4",
    "0.1, 4",
    "10, 900",
    "15, 9",
    "17, 9",
    "17, 900",
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
  @ValueSource(doubles = {0.001, 0.03, 0.1, 0.5, 1, 2.7, 3.7, 9.99, 10, 15, 15.9, 15.999})
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
    return PoissonQuantileValidationTest.probability(k, mean);
  }

  /**
   * Largest differences to the Poisson distribution function, of whole electrons. They are what the
   * class promises.
   */
  @ParameterizedTest
  @CsvSource({"16, 9e-4", "30, 4.5e-4", "100, 1.3e-4", "1000, 1.4e-5"})
  void theExpansionIsCloseToPoisson(int mean, double bound) {
    double skewed = 0;
    double plain = 0;
    double first = 0;
    double second = 0;
    int n = 1 << 18;
    float[] z = new float[n];
    float[] means = new float[n];
    Arrays.fill(means, mean);
    for (int i = 0; i < n; i++) {
      z[i] = (float) NormalQuantile.quantile((i + 0.5) / n);
    }
    float[] drawn = new float[n];
    ShotNoise.expand(means, n, 0, z, drawn);
    int[] skewedCounts = new int[3 * mean];
    int[] plainCounts = new int[3 * mean];
    for (int i = 0; i < n; i++) {
      skewedCounts[Math.max(0, Math.round(drawn[i]))]++;
      plainCounts[Math.max(0, (int) Math.round(mean + Math.sqrt(mean) * z[i]))]++;
      first += drawn[i] - mean;
      second += (drawn[i] - mean) * (drawn[i] - mean);
    }
    double exact = 0;
    double[] sums = new double[2];
    for (int k = 0; k < 3 * mean; k++) {
      exact += probability(k, mean);
      sums[0] += skewedCounts[k] / (double) n;
      sums[1] += plainCounts[k] / (double) n;
      skewed = Math.max(skewed, Math.abs(sums[0] - exact));
      plain = Math.max(plain, Math.abs(sums[1] - exact));
    }
    System.out.printf(
        "mean %d: difference %.3g, without skewness %.3g, mean %.2g, variance %.4g%n",
        mean, skewed, plain, first / n, second / n - mean);
    // The midpoint sum places a step to half of 1/n.
    assertTrue(skewed <= bound + 0.5 / n, "difference " + skewed);
    assertTrue(skewed >= bound / 2, "the promise is that of this expansion: " + skewed);
    assertTrue(plain > 3 * bound, "negative control, without the skewness: " + plain);
    // The midpoint sum misses some z²/n in the last step, and rounding to floats 6e-8 of each.
    assertEquals(0, first / n, 1e-6 * mean, "mean");
    assertEquals(mean + 1 / 18.0, second / n, 1e-5 * mean, "variance");
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0", "0.5, 1", "8, 0", "100, 0", "100, 25"})
  void pixelsAndStepsAreNotCorrelated(float mean, double readVariance) {
    int n = Statistics.count(1 << 17, 1 << 22);
    float[][] frames = new float[2][n];
    for (int step = 0; step < 2; step++) {
      Arrays.fill(frames[step], mean);
      long key = CounterRandom.key(SEED, 4, 0, step, 6);
      ShotNoise.apply(frames[step], 0, n, 0, readVariance, key, SCRATCH);
    }
    double variance = mean + readVariance;
    for (int lag : new int[] {1, 2, 3, 16, 64, 512}) {
      assertWithin(
          0,
          covariance(frames[0], frames[0], lag, mean) / variance,
          Statistics.SIGMAS / Math.sqrt(n - lag),
          "lag " + lag);
    }
    double between = covariance(frames[0], frames[1], 0, mean) / variance;
    assertWithin(0, between, Statistics.SIGMAS / Math.sqrt(n), "steps");
    double same = covariance(frames[0], frames[0], 0, mean) / variance;
    assertTrue(same > 0.9, "negative control, a frame with itself: " + same);
  }

  private static double covariance(float[] x, float[] y, int lag, double mean) {
    double sum = 0;
    for (int i = lag; i < x.length; i++) {
      sum += (x[i - lag] - mean) * (y[i] - mean);
    }
    return sum / (x.length - lag);
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

  private static final ShotNoise.Scratch SCRATCH = new ShotNoise.Scratch();

  private static double electrons(double mean, double readVariance, long key, int pixel) {
    float[] values = {(float) mean};
    ShotNoise.apply(values, 0, 1, pixel, readVariance, key, SCRATCH);
    return values[0];
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 2})
  void aFrameIsDrawnLikeItsPixels(double readVariance) {
    // Low, high and mixed blocks; parts of any length from any pixel give the same bits.
    float[] means = new float[3001];
    for (int i = 0; i < means.length; i++) {
      means[i] = i < 700 ? 99 + i : i < 1400 ? 0.01f * (i - 700) : 0.1f * (i % 400);
    }
    float[] expected = new float[means.length];
    for (int i = 0; i < means.length; i++) {
      expected[i] = (float) electrons(means[i], readVariance, 5, i + 1000);
    }
    for (int part : new int[] {1, 7, 511, 512, 513, 1500, 3001}) {
      float[] frame = means.clone();
      for (int from = 0; from < frame.length; from += part) {
        int n = Math.min(part, frame.length - from);
        ShotNoise.apply(frame, from, n, 1000 + from, readVariance, 5, SCRATCH);
      }
      assertArrayEquals(expected, frame, "parts of " + part);
    }
  }

  @Test
  void readNoiseAloneIsThatOfItsPixels() {
    float[] frame = new float[1301];
    float[] expected = new float[frame.length];
    for (int i = 3; i < 1300; i++) {
      frame[i] = 0.25f * i;
      expected[i] = (float) (frame[i] + ShotNoise.readNoise(6.25, 8, 77 + i));
    }
    ShotNoise.addReadNoise(frame, 3, 1297, 80, 6.25, 8, SCRATCH);
    assertArrayEquals(expected, frame);
  }

  /** The largest number that any bits give; the lowest one of the 32 plays no part. */
  @Test
  void noNormalNumberIsBeyondTheStatedOne() {
    assertTrue(NormalQuantile.gaussian(0) > 6.2);
    for (int bits = 0; bits < 1 << 20; bits++) {
      float z = NormalQuantile.gaussian(bits);
      assertTrue(Math.abs(z) <= NormalQuantile.LARGEST, "bits " + bits + ": " + z);
    }
  }

  /** The extreme bits: the largest normal number, with the largest uniform one for the count. */
  @ParameterizedTest
  @CsvSource({"0", "1", "400", "90000"})
  void noPixelBelowTheLeastMeanIsDrawnAsLarge(double readVariance) {
    float z = NormalQuantile.gaussian(0);
    for (double wanted = -100; wanted < 1e6; wanted = wanted < 1000 ? wanted + 1 : wanted * 1.1) {
      float least = (float) ShotNoise.leastMeanFor(wanted, readVariance);
      if (least == 0) {
        continue;
      }
      float below = Math.nextDown(least);
      float[] drawn = new float[1];
      ShotNoise.expand(new float[] {below}, 1, (float) readVariance, new float[] {z}, drawn);
      assertTrue(drawn[0] < wanted, wanted + ": " + drawn[0]);
      // Tight: a mean that is a little larger reaches it, so that few pixels have to be drawn.
      float above = (float) (1.02 * least + 8);
      ShotNoise.expand(new float[] {above}, 1, (float) readVariance, new float[] {z}, drawn);
      assertTrue(drawn[0] > wanted, wanted + ": " + drawn[0]);
    }
  }

  @Test
  void listedPixelsAreDrawnAsInTheWholeFrame() {
    int n = 1500;
    float[] whole = new float[n];
    for (int i = 0; i < n; i++) {
      whole[i] = i % 7 * 5f;
    }
    int[] pixels = IntStream.range(0, n).filter(i -> i % 3 != 1).toArray();
    float[] listed = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      listed[i] = whole[pixels[i]];
    }
    long key = CounterRandom.key(SEED, 3, 0, 1, 6);
    ShotNoise.apply(whole, 0, n, 0, 9, key, new ShotNoise.Scratch());
    ShotNoise.applyTo(listed, pixels, pixels.length, 9, key, new ShotNoise.Scratch());
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(whole[pixels[i]], listed[i], "pixel " + pixels[i]);
    }
  }
}
