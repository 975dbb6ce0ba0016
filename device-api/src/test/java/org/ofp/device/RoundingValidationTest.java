// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rounding does to noisy counts, against counts that are rounded. */
class RoundingValidationTest {
  private static final int COUNTS = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.06, 0.1, 0.2, 0.3, 0.45, 0.6, 3})
  void meanAndVarianceOfRoundedCounts(double sigma) {
    Random random = new Random(11);
    for (double count : new double[] {0, 0.13, 0.25, 0.4, 0.5, 0.77, 4.3, -2.6}) {
      double sum = 0;
      double square = 0;
      for (int i = 0; i < COUNTS; i++) {
        double error = Math.rint(count + sigma * random.nextGaussian()) - count;
        sum += error;
        square += error * error;
      }
      double mean = sum / COUNTS;
      double variance = square / COUNTS - mean * mean;
      Rounding rounding = new Rounding(sigma * sigma);
      rounding.of(count);
      // Means are known to σ/√n, variances to √2·σ²/√n, with σ² + 1/4 at most; five of them. Where
      // the mean error counts as none it is below exp(−2π²/4)/π = 0.0023.
      double spread = sigma * sigma + 0.25;
      assertEquals(mean, rounding.fixed(), 5 * Math.sqrt(spread / COUNTS) + 0.0025, "at " + count);
      assertEquals(
          variance - sigma * sigma,
          rounding.random(),
          5 * spread * Math.sqrt(2.0 / COUNTS) + 0.006,
          "at " + count);
    }
  }

  @Test
  void withoutNoiseTheErrorIsTheSawtooth() {
    Rounding rounding = new Rounding(0);
    double square = 0;
    int places = 1000;
    for (int i = 0; i < places; i++) {
      rounding.of((i + 0.5) / places);
      assertEquals(Math.rint((i + 0.5) / places) - (i + 0.5) / places, rounding.fixed(), 1e-15);
      assertEquals(0, rounding.random());
      square += rounding.fixed() * rounding.fixed() / places;
    }
    assertEquals(Rounding.VARIANCE, square, 1e-6);
  }
}
