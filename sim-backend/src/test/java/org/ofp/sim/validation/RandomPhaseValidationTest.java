// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A phase error of its own on every pixel: the zero order keeps e^(−σ²) + (1−e^(−σ²))/M of the
 * light on average over M pixels (Goodman, Statistical Optics, section 8.3).
 */
class RandomPhaseValidationTest {
  private static final String GOODMAN = "Goodman, Statistical Optics, section 8.3; physics.md";

  /** Mean of the zero order over frames, and its standard error. */
  private static double[] zeroOrder(int rows, int cols, double sigma, int frames, long seed) {
    Random random = new Random(seed);
    double sum = 0;
    double squares = 0;
    try (Light light = Light.squareLaw(rows, cols, "")) {
      for (int i = 0; i < frames; i++) {
        float[] frame = Frames.phase(rows, cols, (y, x) -> sigma * random.nextGaussian());
        double share = Light.share(light.intensity(frame, i), rows, cols, 0, 0);
        sum += share;
        squares += share * share;
      }
    }
    double mean = sum / frames;
    return new double[] {mean, Math.sqrt((squares / frames - mean * mean) / (frames - 1))};
  }

  @ParameterizedTest
  @CsvSource({
    "0.3,64,64,300,0.913952",
    "0.1,64,64,300,0.990052",
    "1,32,32,1000,0.368497",
    "1.5,4,4,20000,0.161312",
    "2,3,5,20000,0.083761"
  })
  void displayedPhases(double sigma, int rows, int cols, int frames, double expected) {
    long seed = 20_260_101;
    double[] found = zeroOrder(rows, cols, sigma, Sample.count(frames, 10 * frames), seed);
    Validation mean =
        new Validation(
            "random pixel phase",
            "σ = %s, M = %d, seed %d".formatted(sigma, rows * cols, seed),
            "e^(−σ²) + (1−e^(−σ²))/M",
            GOODMAN,
            expected,
            found[0],
            Sample.SIGMAS * found[1] + 1e-6,
            Sample.ORIGIN + " of the mean, which is %.2g".formatted(found[1]));
    mean.check();
    mean.assertRefuses(
        zeroOrder(rows, cols, sigma * 1.1, frames, seed)[0], "a σ larger by a tenth");
    if (rows * cols < 100) {
      mean.assertRefuses(Math.exp(-sigma * sigma), "no scattered light in the zero order");
    }
  }
}
