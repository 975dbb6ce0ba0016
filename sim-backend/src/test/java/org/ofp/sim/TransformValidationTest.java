// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.ComplexField;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

/** The ideal bench is the unitary DFT up to the rounding of floats. */
class TransformValidationTest {
  /**
   * Float through and through: a handful of roundings of 6e-8 on the way, each independent, and two
   * passes of a transform good to 3e-8. With four steps a count of up to (|F|+1)² is rounded and a
   * quadrature is a quarter of a difference of two: some 2e-7 for a frame scaled to |a| = 1.
   */
  private static final double TOLERANCE = 1e-6;

  private static double worst;

  @AfterAll
  static void report() {
    System.out.printf("largest relative error of the ideal bench %.3g%n", worst);
  }

  private static void assertDft(String uri, int rows, int cols, long seed, boolean digitalMean) {
    float[] field = NaiveDft.randomField(rows, cols, seed);
    try (OpticalFourierDevice device = Bench.open(uri)) {
      FourierTransformer transformer =
          new FourierTransformer(device, TransformOptions.defaults().digitalMean(digitalMean));
      ComplexField input = new ComplexField(new FrameShape(rows, cols), field);
      double forward =
          NaiveDft.relativeError(
              transformer.forward(input).values(), NaiveDft.forward(field, rows, cols));
      double inverse =
          NaiveDft.relativeError(
              transformer.inverse(input).values(), NaiveDft.inverse(field, rows, cols));
      worst = Math.max(worst, Math.max(forward, inverse));
      String label = uri + " " + rows + "×" + cols + " seed " + seed;
      assertTrue(forward <= TOLERANCE, () -> label + " forward " + forward);
      assertTrue(inverse <= TOLERANCE, () -> label + " inverse " + inverse);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,2", "2,1", "1,97", "89,1", "2,2", "3,3", "8,8", "11,11", "12,10", "13,17", "31,32",
    "34,34", "61,97", "64,64", "121,121", "128,96"
  })
  void reconstructsTheDft(int rows, int cols) {
    for (boolean digitalMean : new boolean[] {true, false}) {
      assertDft("sim:ideal", rows, cols, 1, digitalMean);
      assertDft("sim:ideal?readout=four-step", rows, cols, 2, true);
    }
  }

  @Test
  void reconstructsTheDftOfRandomWindows() {
    long seed = 77;
    Random random = new Random(seed);
    for (int run = 0; run < Bench.count(60, 2000); run++) {
      int rows = 1 + random.nextInt(50);
      int cols = 1 + random.nextInt(50);
      String uri =
          random.nextBoolean() ? "sim:ideal?rows=50&cols=50" : "sim:ideal?readout=four-step";
      assertDft(uri, rows, cols, seed + run, true);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 509})
  void reconstructsLargeFrames(int n) {
    if (n < Bench.count(300, 10_000)) {
      assertDft("sim:ideal", n, n, 3, true);
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-6,0.3", "1000,1e-9", "1,1e12"})
  void sensitivityAndExposureCancel(double power, double gain) {
    assertDft("sim:ideal?source.power=" + power + "&sensor.gain=" + gain, 9, 14, 4, true);
    assertDft(
        "sim:ideal?readout=four-step&source.power=" + power + "&sensor.gain=" + gain,
        9,
        14,
        4,
        true);
  }

  @Test
  void energyIsConserved() {
    // Parseval through the float API: 1e-5 is asked for; each value is good to 1e-6.
    float[] field = NaiveDft.randomField(33, 40, 6);
    try (OpticalFourierDevice device = Bench.open("sim:ideal")) {
      FourierTransformer transformer = new FourierTransformer(device);
      ComplexField spectrum = transformer.forward(new ComplexField(new FrameShape(33, 40), field));
      assertEquals(1, energy(spectrum.values()) / energy(field), 2e-6);
    }
  }

  private static double energy(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += (double) v * v;
    }
    return sum;
  }

  @Test
  void theTransformIsLinear() {
    int rows = 14;
    int cols = 9;
    float[] x = NaiveDft.randomField(rows, cols, 1);
    float[] y = NaiveDft.randomField(rows, cols, 2);
    float[] sum = new float[x.length];
    for (int i = 0; i < sum.length; i += 2) { // (2 − i)·x + 0.5i·y
      sum[i] = 2 * x[i] + x[i + 1] - 0.5f * y[i + 1];
      sum[i + 1] = 2 * x[i + 1] - x[i] + 0.5f * y[i];
    }
    FrameShape shape = new FrameShape(rows, cols);
    try (OpticalFourierDevice device = Bench.open("sim:ideal")) {
      FourierTransformer transformer = new FourierTransformer(device);
      float[] fx = transformer.forward(new ComplexField(shape, x)).values();
      float[] fy = transformer.forward(new ComplexField(shape, y)).values();
      double[] expected = new double[sum.length];
      for (int i = 0; i < sum.length; i += 2) {
        expected[i] = 2.0 * fx[i] + fx[i + 1] - 0.5 * fy[i + 1];
        expected[i + 1] = 2.0 * fx[i + 1] - fx[i] + 0.5 * fy[i];
      }
      double error =
          NaiveDft.relativeError(
              transformer.forward(new ComplexField(shape, sum)).values(), expected);
      assertTrue(error <= 2 * TOLERANCE, () -> "error " + error);
    }
  }

  @ParameterizedTest
  @CsvSource({"16,16", "13,11", "1,30", "32,7"})
  void inverseUndoesForward(int rows, int cols) {
    float[] field = NaiveDft.randomField(rows, cols, 9);
    double[] expected = new double[field.length];
    for (int i = 0; i < field.length; i++) {
      expected[i] = field[i];
    }
    try (OpticalFourierDevice device = Bench.open("sim:ideal?readout=four-step")) {
      FourierTransformer transformer = new FourierTransformer(device);
      ComplexField back =
          transformer.inverse(
              transformer.forward(new ComplexField(new FrameShape(rows, cols), field)));
      double error = NaiveDft.relativeError(back.values(), expected);
      assertTrue(error <= 2 * TOLERANCE, () -> "error " + error);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 8, 10, 12})
  void theErrorOfAQuantisingModulatorIsItsQuantisationNoise(int bits) {
    // An amplitude is off by a uniform error of a step 1/(2^b−1), a phase by one of 2π/2^b; both
    // are kept by the unitary transform. The mean stays with the light, so that a = z/scale.
    int n = 48;
    float[] field = NaiveDft.randomField(n, n, bits);
    double scale = 0;
    double energy = 0;
    for (int i = 0; i < field.length; i += 2) {
      double power = field[i] * field[i] + field[i + 1] * field[i + 1];
      scale = Math.max(scale, Math.sqrt(power));
      energy += power;
    }
    double amplitudeStep = scale / ((1 << bits) - 1);
    double phaseStep = 2 * Math.PI / (1 << bits);
    double noise = n * n * amplitudeStep * amplitudeStep / 12 + energy * phaseStep * phaseStep / 12;
    try (OpticalFourierDevice device =
        Bench.open("sim:ideal?slm.amplitude-bits=" + bits + "&slm.phase-bits=" + bits)) {
      FourierTransformer transformer =
          new FourierTransformer(device, TransformOptions.defaults().digitalMean(false));
      ComplexField input = new ComplexField(new FrameShape(n, n), field);
      double error =
          NaiveDft.relativeError(
              transformer.forward(input).values(), NaiveDft.forward(field, n, n));
      // 2304 pixels with two squared uniform errors each: the sum is known to √(0.8/2304) = 1.9 %,
      // its root to 0.9 %; 5 of it, and 3 % where a step is not small against the amplitudes.
      assertEquals(1, error / Math.sqrt(noise / energy), bits < 6 ? 0.08 : 0.05);
    }
  }
}
