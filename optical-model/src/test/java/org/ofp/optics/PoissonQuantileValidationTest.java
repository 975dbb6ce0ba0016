// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonQuantileValidationTest {
  private static final long SEED = 7;

  /** Whole steps of u = (k + ½)/2^32; either sum is good to 1e-12, that is 0.004 of such a step. */
  private static final double DOUBT = 0.01;

  static double probability(int k, double mean) {
    if (mean == 0) {
      return k == 0 ? 1 : 0;
    }
    double log = k * Math.log(mean) - mean;
    for (int j = 2; j <= k; j++) {
      log -= Math.log(j);
    }
    return Math.exp(log);
  }

  private static int count(float mean, long k) {
    float[] counts = new float[1];
    PoissonQuantile.draw(new float[] {mean}, new long[] {k}, 1, new int[1], counts);
    return (int) counts[0];
  }

  /** Each step of the distribution function, one uniform number below and one above. */
  private static int checkSteps(float mean) {
    double cumulative = 0;
    int checked = 0;
    for (int n = 0; cumulative < 1 - 0x1p-33; n++) {
      cumulative += probability(n, mean);
      double step = cumulative * 0x1p32 - 0.5; // k up to here gives n at most
      long below = (long) Math.floor(step - DOUBT);
      long above = (long) Math.ceil(step + DOUBT);
      if (below >= 0) {
        assertTrue(count(mean, below) <= n, "mean " + mean + " n " + n);
        checked++;
      }
      if (above < 1L << 32) {
        assertTrue(count(mean, above) > n, "mean " + mean + " n " + n);
        checked++;
      }
    }
    return checked;
  }

  @Test
  void countsAreTheExactInverse() {
    Random random = new Random(SEED);
    int means = Statistics.count(3000, 300_000);
    int checked = 0;
    for (int i = 0; i < means; i++) {
      checked += checkSteps(16 * random.nextFloat());
    }
    assertTrue(checked > 30 * means, "checked " + checked);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-9f, 1e-4f, 0.03f, 0.5f, 1, 2.7f, 9.99f, 15.9f, 15.999f, 15.999999f})
  void countsAreTheExactInverseAtMeansOfInterest(float mean) {
    assertTrue(checkSteps(mean) > 1);
  }

  @Test
  void countsAreTheExactInverseAroundEachRow() {
    for (int row = 1; row < 256; row++) {
      checkSteps(row / 16f);
      checkSteps(Math.nextDown(row / 16f));
      checkSteps(Math.nextUp(row / 16f));
    }
  }

  @Test
  void countsAreTheExactInverseOfAnyNumber() {
    // The steps above are where errors are likely; this is between them.
    Random random = new Random(SEED);
    int n = Statistics.count(200_000, 5_000_000);
    for (int i = 0; i < n; i++) {
      float mean = 16 * random.nextFloat();
      long k = random.nextLong(1L << 32);
      double u = (k + 0.5) * 0x1p-32;
      int count = count(mean, k);
      double below = 0;
      double term = Math.exp(-mean);
      for (int j = 0; j < count; j++) {
        below += term;
        term *= (double) mean / (j + 1);
      }
      assertTrue(below < u + 1e-12 && u < below + term + 1e-12, "mean " + mean + " k " + k);
    }
  }

  @Test
  void theLastUniformNumberGivesNoAbsurdCount() {
    // P(N > n) ≤ 2^-33.
    long last = (1L << 32) - 1;
    assertEquals(0, count(0, last));
    assertEquals(3, count(0.001f, last));
    assertEquals(12, count(1, last));
    assertTrue(count(15.999f, last) < 50);
  }

  @Test
  void meansThatAreNotLowGiveSomethingFinite() {
    for (float mean : new float[] {16, 17, 1e9f, Float.MAX_VALUE}) {
      for (long k : new long[] {0, 1L << 31, (1L << 32) - 1}) {
        assertTrue(count(mean, k) < 64);
      }
    }
  }

  @Test
  void onlyTheLowerHalfOfTheBitsCounts() {
    assertEquals(count(5.3f, 123_456_789), count(5.3f, 123_456_789 | 0x5A5AL << 32));
  }
}
