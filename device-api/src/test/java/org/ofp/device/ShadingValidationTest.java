// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known shading is divided out; a bench that has it without saying so shows the known error. */
class ShadingValidationTest {
  private static TestBench bench(FrameShape max, Shading has, Shading says, ReadoutMode mode) {
    TestBench bench =
        new TestBench(
            TestBench.capabilities(max, true, Modulation.COMPLEX, mode, 0, BufferKind.HEAP),
            TestBench.calibration(mode, 0, 0, DetectorNoise.unknown(), says));
    bench.shading = has;
    return bench;
  }

  @ParameterizedTest
  @CsvSource({
    "0.93, 0, Infinity, COHERENT, 32, 32",
    "0, 1, Infinity, COHERENT, 32, 32",
    "1, 1, Infinity, COHERENT, 17, 31",
    "0, 0, 12, COHERENT, 16, 20",
    "0.9, 0.8, 20, COHERENT, 32, 32",
    "0.9, 0.8, 20, FOUR_STEP, 13, 24",
    "1, 1, 40, COHERENT, 1, 16"
  })
  void declaredShadingIsDividedOut(
      double slm, double sensor, double waist, ReadoutMode mode, int rows, int cols) {
    Shading shading = new Shading(slm, sensor, waist);
    FrameShape shape = new FrameShape(rows, cols);
    float[] field = NaiveDft.randomField(rows, cols, 5);
    for (boolean digitalMean : new boolean[] {true, false}) {
      TransformOptions options = TransformOptions.defaults().digitalMean(digitalMean);
      FourierTransformer corrected =
          new FourierTransformer(bench(shape, shading, shading, mode), options);
      FourierTransformer uncorrected =
          new FourierTransformer(bench(shape, shading, Shading.none(), mode), options);
      double[] forward = NaiveDft.forward(field, rows, cols);
      double[] inverse = NaiveDft.inverse(field, rows, cols);
      ComplexField input = new ComplexField(shape, field);
      assertTrue(error(corrected.forward(input), forward) <= 1e-5);
      assertTrue(error(corrected.inverse(input), inverse) <= 1e-5);
      assertTrue(error(uncorrected.forward(input), forward) > 0.01, "the shading is there");
      assertTrue(error(uncorrected.inverse(input), inverse) > 0.01);
    }
  }

  private static double error(ComplexField got, double[] truth) {
    return NaiveDft.relativeError(got.values(), truth);
  }

  /**
   * A tone that falls on a detector pixel, integrated over pixels as wide as their pitch: its
   * neighbours get 8.69 % of it at N = 32 (8.67 % for large N, the sum below as an integral).
   */
  @Test
  void fullPixelsSpreadAToneToItsNeighbours() {
    int n = 32;
    FrameShape row = new FrameShape(1, n);
    Shading full = new Shading(0, 1, Double.POSITIVE_INFINITY);
    ComplexField tone = ComplexField.zeros(1, n);
    for (int j = 0; j < n; j++) {
      tone.values()[2 * j] = (float) Math.cos(2 * Math.PI * 5 * j / n);
      tone.values()[2 * j + 1] = (float) Math.sin(2 * Math.PI * 5 * j / n);
    }
    double raw = ratio(bench(row, full, Shading.none(), ReadoutMode.COHERENT), tone);
    assertEquals(0.0869, raw, 5e-5);
    double corrected = ratio(bench(row, full, full, ReadoutMode.COHERENT), tone);
    assertTrue(corrected <= 1e-6, () -> "still " + corrected);
  }

  private static double ratio(TestBench bench, ComplexField tone) {
    ComplexField spectrum = new FourierTransformer(bench).forward(tone);
    return Math.hypot(spectrum.re(0, 6), spectrum.im(0, 6))
        / Math.hypot(spectrum.re(0, 5), spectrum.im(0, 5));
  }

  /** The envelope of one pixel at the edge of the band: sinc(½) = 2/π per axis. */
  @Test
  void theEdgeOfTheBandGetsTwoOverPi() {
    FrameShape shape = new FrameShape(1, 16);
    Shading full = new Shading(1, 0, Double.POSITIVE_INFINITY);
    ComplexField alternating = ComplexField.zeros(1, 16);
    for (int j = 0; j < 16; j++) {
      alternating.values()[2 * j] = j % 2 == 0 ? 1 : -1;
    }
    ComplexField raw =
        new FourierTransformer(bench(shape, full, Shading.none(), ReadoutMode.COHERENT))
            .forward(alternating);
    assertEquals(2 / Math.PI * 4, raw.re(0, 8), 1e-5);
    ComplexField corrected =
        new FourierTransformer(bench(shape, full, full, ReadoutMode.COHERENT)).forward(alternating);
    assertEquals(4, corrected.re(0, 8), 1e-5);
  }

  @Test
  void composedTransformsAreCorrectedFrameByFrame() {
    Shading shading = new Shading(0.9, 0.9, 30);
    FrameShape small = new FrameShape(11, 11);
    float[] field = NaiveDft.randomField(33, 22, 5);
    double[] truth = NaiveDft.forward(field, 33, 22);
    ComplexField input = new ComplexField(new FrameShape(33, 22), field);
    TestBench bench = bench(small, shading, shading, ReadoutMode.COHERENT);
    assertTrue(error(new FourierTransformer(bench).forward(input), truth) <= 1e-5);
    TestBench silent = bench(small, shading, Shading.none(), ReadoutMode.COHERENT);
    assertTrue(error(new FourierTransformer(silent).forward(input), truth) > 0.1);
  }

  @Test
  void impossibleShadingIsRefused() {
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Shading(bad, 0, 1), "fill factors");
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Shading(0, bad, 1), "fill factors");
    }
    for (double bad : new double[] {0, -1, Double.NaN}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new Shading(0, 0, bad), "waist");
    }
  }
}
