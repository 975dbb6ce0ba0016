// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transform through a device is the unitary DFT. Both sides are definitions in double precision:
 * {@link NaiveDft} with its origin at [0,0], {@link TestBench} with coordinates from the axis.
 */
class FourierTransformerValidationTest {
  private static final double HALF_ULP = 0x1p-24;

  private static final int[][] SHAPES = {
    {1, 1},
    {1, 2},
    {2, 1},
    {1, 7},
    {9, 1},
    {1, 16},
    {2, 2},
    {3, 3},
    {4, 4},
    {5, 4},
    {4, 5},
    {11, 11},
    {13, 8},
    {16, 16},
    {17, 31},
    {6, 64}
  };

  static Stream<Arguments> cases() {
    return Stream.of(ReadoutMode.COHERENT, ReadoutMode.FOUR_STEP)
        .flatMap(
            mode ->
                Stream.of(BufferKind.values())
                    .flatMap(
                        buffers ->
                            Arrays.stream(SHAPES)
                                .map(s -> Arguments.of(mode, buffers, s[0], s[1]))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void transformsAreTheUnitaryDft(ReadoutMode mode, BufferKind buffers, int rows, int cols) {
    long seed = 1000L * rows + cols;
    float[] field = NaiveDft.randomField(rows, cols, seed);
    for (boolean digitalMean : new boolean[] {true, false}) {
      FourierTransformer transformer =
          new FourierTransformer(
              TestBench.analogue(mode, buffers),
              TransformOptions.defaults().digitalMean(digitalMean));
      ComplexField input = new ComplexField(new FrameShape(rows, cols), field.clone());
      double[] forward = NaiveDft.forward(field, rows, cols);
      double[] inverse = NaiveDft.inverse(field, rows, cols);
      String label = "seed " + seed + (digitalMean ? " mean by computer" : " mean by light");
      assertClose(
          forward, transformer.forward(input).values(), tolerance(mode, field, forward), label);
      assertClose(
          inverse, transformer.inverse(input).values(), tolerance(mode, field, inverse), label);
      assertArrayEquals(field, input.values(), "the argument is left alone");
    }
  }

  /**
   * Each value is rounded about eight times on its way (mean, scale, count, factors, products): 8
   * half ulps of it at most. With four steps a count of up to (|F|+R)² is rounded, in units where
   * the frame's largest amplitude is 1, and a quadrature is the difference of two over 4γR.
   */
  private static double tolerance(ReadoutMode mode, float[] shown, double[] spectrum) {
    if (mode == ReadoutMode.COHERENT) {
      return 8 * HALF_ULP;
    }
    double largest = 0;
    double energy = 0;
    double scale = 0;
    for (int i = 0; i < spectrum.length; i += 2) {
      double power = spectrum[i] * spectrum[i] + spectrum[i + 1] * spectrum[i + 1];
      largest = Math.max(largest, Math.sqrt(power));
      energy += power;
      scale = Math.max(scale, Math.hypot(shown[i], shown[i + 1]));
    }
    double rms = Math.sqrt(2 * energy / spectrum.length) / scale;
    double count = Math.pow(largest / scale + TestBench.REFERENCE, 2);
    double quadrature = 2 * count / (4 * TestBench.VISIBILITY * TestBench.REFERENCE);
    return HALF_ULP * (8 + Math.sqrt(2) * quadrature / rms);
  }

  private static void assertClose(
      double[] expected, float[] actual, double tolerance, String label) {
    double error = NaiveDft.relativeError(actual, expected);
    assertTrue(error <= tolerance, () -> label + ": error " + error + " > " + tolerance);
  }

  @Test
  void theBenchIsNotTheDftItself() {
    // Negative control: the raw field has the axis in the middle and the factor 1/i.
    TestBench bench = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
    FrameShape shape = new FrameShape(5, 8);
    float[] a = NaiveDft.randomField(5, 8, 5);
    for (int i = 0; i < a.length; i++) {
      a[i] /= 2;
    }
    bench.load(SlmFrame.of(shape, a, 0));
    bench.transform();
    DetectorFrame raw = DetectorFrame.allocate(shape, 2);
    bench.read(Readout.plain(1 / TestBench.SENSITIVITY), raw);
    double[] dft = NaiveDft.forward(a, 5, 8);
    // E = F/i at the axis.
    int axis = 2 * 8 + 4;
    assertEquals(dft[1], raw.counts().get(axis), 1e-6);
    assertEquals(-dft[0], raw.counts().get(40 + axis), 1e-6);
    float[] interleaved = new float[80];
    for (int i = 0; i < 40; i++) {
      interleaved[2 * i] = raw.counts().get(i);
      interleaved[2 * i + 1] = raw.counts().get(40 + i);
    }
    assertTrue(NaiveDft.relativeError(interleaved, dft) > 0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-40", "1e-38", "1e-30", "1e-24", "1e-22", "1e-21", "1e-20", "1e-19", "1e-18", "1e-15",
    "1e-6", "1e6", "1e15", "1e18", "1e19", "2e19", "1e25", "1e30", "1e36"
  })
  void fieldsOfAnyScaleAreTransformed(double scale) {
    int rows = 6;
    int cols = 5;
    float[] field = NaiveDft.randomField(rows, cols, 77);
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) (field[i] * scale);
    }
    for (ReadoutMode mode : new ReadoutMode[] {ReadoutMode.COHERENT, ReadoutMode.FOUR_STEP}) {
      for (boolean digitalMean : new boolean[] {true, false}) {
        FourierTransformer transformer =
            new FourierTransformer(
                TestBench.analogue(mode, BufferKind.HEAP),
                TransformOptions.defaults().digitalMean(digitalMean));
        ComplexField input = new ComplexField(new FrameShape(rows, cols), field);
        double[] forward = NaiveDft.forward(field, rows, cols);
        double[] inverse = NaiveDft.inverse(field, rows, cols);
        // Numbers below 1.2e-38 have fewer digits: two roundings by half of 2^-149.
        double denormal = 2 * 0x1p-150 / scale;
        String label = mode + " scale " + scale + " mean by computer " + digitalMean;
        assertClose(
            forward,
            transformer.forward(input).values(),
            tolerance(mode, field, forward) + denormal,
            label);
        assertClose(
            inverse,
            transformer.inverse(input).values(),
            tolerance(mode, field, inverse) + denormal,
            label);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ReadoutMode.class,
      names = {"COHERENT", "FOUR_STEP"})
  void darknessIsExactlyZero(ReadoutMode mode) {
    for (int adcBits : new int[] {0, 12}) {
      FourierTransformer transformer =
          new FourierTransformer(new TestBench(mode, adcBits, BufferKind.HEAP, 0));
      assertArrayEquals(new float[40], transformer.forward(ComplexField.zeros(4, 5)).values(), 0f);
      assertArrayEquals(new float[40], transformer.inverse(ComplexField.zeros(4, 5)).values(), 0f);
    }
  }

  @Test
  void aConstantIsAllInBinZero() {
    float[] real = new float[35];
    Arrays.fill(real, 0.3f);
    ComplexField spectrum =
        new FourierTransformer(new TestBench(ReadoutMode.FOUR_STEP, 8, BufferKind.HEAP, 0))
            .forward(ComplexField.ofReal(5, 7, real));
    // The mean never meets the light: not even 8 bits disturb it. 0.3f·√35 rounded once.
    assertEquals(0.3f * Math.sqrt(35), spectrum.re(0, 0), 2 * HALF_ULP * 2);
    double rest = 0;
    for (int i = 2; i < 70; i++) {
      rest = Math.max(rest, Math.abs(spectrum.values()[i]));
    }
    // What is left of 0.3f after the mean is taken is at most an ulp of it, times √35.
    assertTrue(rest <= Math.ulp(0.3f) * Math.sqrt(35), "rest " + rest);
  }

  @Test
  void framesOfABatchDoNotDisturbEachOther() {
    FrameShape shape = new FrameShape(5, 6);
    double[] scales = {1, 1e-30, 0, 1e30, 1e-3};
    TestBench bench = new TestBench(ReadoutMode.FOUR_STEP, 12, BufferKind.DIRECT, 3);
    TransformBatch batch = new FourierTransformer(bench).batch(shape, 8);
    float[][] alone = new float[scales.length][];
    for (int i = 0; i < scales.length; i++) {
      float[] field = NaiveDft.randomField(5, 6, i);
      for (int j = 0; j < field.length; j++) {
        field[j] = (float) (field[j] * scales[i]);
      }
      System.arraycopy(field, 0, batch.fields(), batch.offset(i), field.length);
      alone[i] = new FourierTransformer(bench).forward(new ComplexField(shape, field), 9).values();
    }
    batch.forward(scales.length);
    for (int i = 0; i < scales.length; i++) {
      assertArrayEquals(
          alone[i],
          Arrays.copyOfRange(batch.fields(), batch.offset(i), batch.offset(i + 1)),
          "frame " + i);
    }
    assertEquals(0, batch.takeClipped());
  }

  @ParameterizedTest
  @CsvSource({
    "COHERENT, 8, false",
    "COHERENT, 8, true",
    "COHERENT, 12, false",
    "FOUR_STEP, 8, false",
    "FOUR_STEP, 8, true",
    "FOUR_STEP, 12, false"
  })
  void theErrorIsTheQuantisationNoiseOfAFullyUsedConverter(
      ReadoutMode mode, int bits, boolean inverse) {
    int rows = 32;
    int cols = 31;
    float[] field = NaiveDft.randomField(rows, cols, 8);
    TestBench bench = new TestBench(mode, bits, BufferKind.HEAP, 0);
    FourierTransformer transformer = new FourierTransformer(bench);
    ComplexField input = new ComplexField(new FrameShape(rows, cols), field);
    float[] got =
        inverse ? transformer.inverse(input).values() : transformer.forward(input).values();
    double[] truth =
        inverse ? NaiveDft.inverse(field, rows, cols) : NaiveDft.forward(field, rows, cols);
    double exposure = bench.exposures.get(bench.exposures.size() - 1);
    double full = bench.description().calibration().fullScale();
    if (mode == ReadoutMode.COHERENT) {
      // A noiseless converter is used to the last code, less the accuracy of metering and half a
      // code.
      assertTrue(
          bench.lastPeak >= 0.98 * full - 1 && bench.lastPeak <= full, "peak " + bench.lastPeak);
    }
    // Rounding has variance 1/12; a quadrature of four steps is a difference of two over 4γR.
    double variance =
        mode == ReadoutMode.COHERENT
            ? 1 / 12.0
            : 2 / 12.0 / Math.pow(4 * TestBench.VISIBILITY * TestBench.REFERENCE, 2);
    double expected = scaleOf(field, inverse) / (TestBench.SENSITIVITY * exposure);
    double measured = 0;
    for (int i = 0; i < got.length; i++) {
      measured += (got[i] - truth[i]) * (got[i] - truth[i]) / got.length;
    }
    // The variance of n squared uniform errors is known to √(0.8/n): 0.02 at n = 1984; 5 of it. On
    // the inverse pass bin 0 is constant: its light adds nothing to the others.
    assertEquals(1, measured / (variance * expected * expected), 0.10);
  }

  /** The largest magnitude that is shown: without the mean, or on the way back without bin 0. */
  private static double scaleOf(float[] field, boolean inverse) {
    double meanRe = 0;
    double meanIm = 0;
    for (int i = 0; i < field.length; i += 2) {
      meanRe += 2.0 * field[i] / field.length;
      meanIm += 2.0 * field[i + 1] / field.length;
    }
    double scale = 0;
    for (int i = inverse ? 2 : 0; i < field.length; i += 2) {
      scale =
          Math.max(
              scale,
              inverse
                  ? Math.hypot(field[i], field[i + 1])
                  : Math.hypot(field[i] - meanRe, field[i + 1] - meanIm));
    }
    return scale;
  }

  @Test
  void handlingTheMeanDigitallyIsWorthManyBits() {
    int n = 32;
    Random random = new Random(4);
    float[] real = new float[n * n];
    for (int i = 0; i < real.length; i++) {
      real[i] = 0.5f + 0.05f * (float) random.nextGaussian();
    }
    ComplexField image = ComplexField.ofReal(n, n, real);
    double[] truth = NaiveDft.forward(image.values(), n, n);
    TestBench bench = new TestBench(ReadoutMode.COHERENT, 10, BufferKind.HEAP, 0);
    double digital =
        NaiveDft.relativeError(new FourierTransformer(bench).forward(image).values(), truth);
    double byLight =
        NaiveDft.relativeError(
            new FourierTransformer(bench, TransformOptions.defaults().digitalMean(false))
                .forward(image)
                .values(),
            truth);
    // The zero order is Nμ = 16, the brightest other bin about 4σ = 0.2 in magnitude.
    assertTrue(byLight > 20 * digital, byLight + " against " + digital);
  }

  @Test
  void inverseUndoesForward() {
    float[] field = NaiveDft.randomField(7, 10, 21);
    FourierTransformer transformer =
        new FourierTransformer(TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP));
    ComplexField back =
        transformer.inverse(
            transformer.forward(new ComplexField(new FrameShape(7, 10), field.clone())));
    assertClose(NaiveDft.toDouble(field), back.values(), 16 * HALF_ULP, "round trip");
  }

  @Test
  void valuesThatAreNotFiniteAreRejected() {
    FourierTransformer transformer =
        new FourierTransformer(TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP));
    for (boolean digitalMean : new boolean[] {true, false}) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        for (int at : new int[] {0, 1, 2, 23}) {
          FourierTransformer t =
              new FourierTransformer(
                  TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP),
                  TransformOptions.defaults().digitalMean(digitalMean));
          float[] field = NaiveDft.randomField(3, 4, 1);
          field[at] = bad;
          ComplexField input = new ComplexField(new FrameShape(3, 4), field);
          assertFails(ErrorCode.INADMISSIBLE_FRAME, () -> t.forward(input, 5), "frame 5", "NaN");
          assertFails(ErrorCode.INADMISSIBLE_FRAME, () -> t.inverse(input, 6), "frame 6", "NaN");
        }
      }
    }
    TransformBatch batch = transformer.batch(new FrameShape(1, 2), 3);
    batch.identify(1, 11, 0);
    batch.identify(2, 12, 0);
    batch.fields()[batch.offset(1)] = Float.NaN;
    batch.fields()[batch.offset(2)] = Float.NaN;
    assertFails(ErrorCode.INADMISSIBLE_FRAME, () -> batch.forward(3), "frame 11");
    Arrays.fill(batch.fields(), 1f);
    batch.forward(3);
    assertEquals(Math.sqrt(2), batch.fields()[0], 1e-6, "the batch can be used again");
  }

  @Test
  void devicesWithoutComplexFieldsAreRefused() {
    TestBench intensity = TestBench.analogue(ReadoutMode.INTENSITY, BufferKind.HEAP);
    assertFails(
        ErrorCode.UNSUPPORTED, () -> new FourierTransformer(intensity), "test bench", "intensity");
  }

  @Test
  void batchesAreChecked() {
    FourierTransformer transformer =
        new FourierTransformer(TestBench.analogue(ReadoutMode.FOUR_STEP, BufferKind.HEAP));
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME, () -> transformer.batch(new FrameShape(67, 2), 1), "64×64");
    FrameShape shape = new FrameShape(64, 64);
    for (int capacity : new int[] {0, -1, Integer.MIN_VALUE, 1 << 17, Integer.MAX_VALUE}) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () -> transformer.batch(shape, capacity),
          Integer.toString(capacity));
    }
    TransformBatch batch = transformer.batch(new FrameShape(2, 2), 2);
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> batch.forward(3), "3", "2");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> batch.inverse(-1), "-1");
    batch.fields()[0] = 5;
    batch.forward(0);
    assertEquals(5, batch.fields()[0], "nothing was asked for");
  }
}
