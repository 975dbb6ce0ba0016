// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several exposures of a noisy frame. The truth is the variance of a weighted mean: with estimates
 * of variance vₑ and weights 1/vₑ it is 1/Σ(1/vₑ), for any other weights larger.
 */
class ExposureMergeValidationTest {
  private static final int N = 16;
  private static final FrameShape SHAPE = new FrameShape(N, N);
  private static final double BLACK = 64;
  private static final int BITS = 12;

  /** What frames count for where they are merged by themselves. */
  private static final float MULTIPLE = 0.5f;

  private static TestBench bench(ReadoutMode mode, DetectorNoise has, DetectorNoise says) {
    TestBench bench =
        new TestBench(
            TestBench.capabilities(
                SHAPE,
                true,
                Modulation.COMPLEX,
                mode,
                BITS,
                BufferKind.HEAP,
                1e-9,
                1e9,
                Determinism.SEEDED),
            TestBench.calibration(
                mode, BITS, mode == ReadoutMode.COHERENT ? 0 : BLACK, says, Shading.none()));
    bench.noise = has;
    return bench;
  }

  /** What is declared has the converter's rounding in it. */
  private static DetectorNoise declared(DetectorNoise noise) {
    double variance = noise.readNoise() * noise.readNoise() + 1 / 12.0;
    return new DetectorNoise(noise.conversionGain(), Math.sqrt(variance));
  }

  /** A field with a bright zero order over a weak spectrum. */
  private static ComplexField field() {
    ComplexField field = new ComplexField(SHAPE, NaiveDft.randomField(N, N, 12));
    for (int i = 0; i < field.values().length; i += 2) {
      field.values()[i] = 1 + 0.2f * field.values()[i];
      field.values()[i + 1] = 0.2f * field.values()[i + 1];
    }
    return field;
  }

  /** Squared errors of many transforms over what the best weights would leave, on average. */
  private static double excess(TestBench bench, int exposures, double ratio, int repeats) {
    ComplexField field = field();
    double[] truth = NaiveDft.forward(field.values(), N, N);
    FourierTransformer transformer =
        new FourierTransformer(
            bench, TransformOptions.defaults().digitalMean(false).exposures(exposures, ratio));
    double scale = 0;
    for (int i = 0; i < truth.length; i += 2) {
      scale = Math.max(scale, Math.hypot(field.values()[i], field.values()[i + 1]));
    }
    double sum = 0;
    int counted = 0;
    for (int id = 0; id < repeats; id++) {
      float[] got = transformer.forward(field, id).values();
      for (int i = 0; i < truth.length; i += 2) {
        double variance = variance(bench, truth, i, scale, exposures);
        if (!Double.isNaN(variance)) {
          double re = (got[i] - truth[i]) / scale;
          double im = (got[i + 1] - truth[i + 1]) / scale;
          sum += (re * re + im * im) / variance;
          counted++;
        }
      }
    }
    assertTrue(counted > 0.8 * repeats * N * N, "most pixels are clearly saturated or not");
    return sum / counted;
  }

  /** Of both quadratures together; NaN where noise decides whether a count saturates. */
  private static double variance(
      TestBench bench, double[] truth, int i, double scale, int exposures) {
    boolean coherent = bench.description().capabilities().readout() == ReadoutMode.COHERENT;
    DetectorNoise noise = declared(bench.noise);
    int sign = (i / 2 / N + i / 2 % N) % 2 == 0 ? 1 : -1; // the axis, for even sizes
    double re = sign * truth[i + 1] / scale; // F/i
    double im = -sign * truth[i] / scale;
    double r = TestBench.REFERENCE;
    double swing = 2 * TestBench.VISIBILITY * r;
    double base = re * re + im * im + r * r;
    double[] rates =
        coherent
            ? new double[] {re, im}
            : new double[] {
              base + swing * re, base + swing * im, base - swing * re, base - swing * im
            };
    double worth = coherent ? 1 : 2 * swing;
    double full = bench.description().calibration().fullScale() - (coherent ? 0 : BLACK);
    double precision = 0;
    int steps = coherent ? 1 : 4;
    for (int e = 0; e < exposures; e++) {
      int last = bench.exposures.size();
      double t = bench.exposures.get(last - steps * (exposures - e)) * TestBench.SENSITIVITY;
      double counts = 0;
      double most = 0;
      for (double rate : rates) {
        counts += t * Math.abs(rate);
        most = Math.max(most, t * Math.abs(rate));
      }
      double sigma = 6 * Math.sqrt(noise.conversionGain() * full + Math.pow(noise.readNoise(), 2));
      if (Math.abs(most - full) < sigma) {
        return Double.NaN;
      }
      if (most < full) {
        precision +=
            Math.pow(worth * t, 2)
                / (noise.conversionGain() * counts + rates.length * Math.pow(noise.readNoise(), 2));
      }
    }
    return 1 / precision;
  }

  /**
   * n squared errors of two normal quadratures each are known to 1/√n: 60·256 to 0.8 %; 4 of it.
   */
  private static final double TOLERANCE = 0.035;

  @ParameterizedTest
  @CsvSource({
    "FOUR_STEP, 0.04, 0.8, 1, 4",
    "FOUR_STEP, 0.04, 0.8, 3, 4",
    "FOUR_STEP, 0.04, 0.8, 5, 2.5",
    "FOUR_STEP, 1, 0.5, 3, 5",
    "FOUR_STEP, 0, 2, 3, 4",
    "COHERENT, 0, 3, 1, 4",
    "COHERENT, 0, 3, 3, 4"
  })
  void theErrorIsThatOfTheBestWeights(
      ReadoutMode mode, double gain, double read, int exposures, double ratio) {
    DetectorNoise noise = new DetectorNoise(gain, read);
    double excess = excess(bench(mode, noise, declared(noise)), exposures, ratio, 60);
    assertEquals(1, excess, TOLERANCE);
  }

  @Test
  void wrongWeightsAreWorse() {
    // Negative control. Under shot noise alone vₑ ∝ 1/t, weights t² instead of t leave
    // Σt³·Σt/(Σt²)²: 1.17 for 1, 4, 16, and 1.13 for 1, 5, 25.
    DetectorNoise shot = new DetectorNoise(1, 0);
    double excess = excess(bench(ReadoutMode.FOUR_STEP, shot, DetectorNoise.unknown()), 3, 4, 60);
    assertTrue(excess > 1 + 2 * TOLERANCE, () -> "excess " + excess);
  }

  @Test
  void weakFrequenciesRiseOutOfTheNoise() {
    // With read noise alone 1, 4 and 16 exposures of variance ∝ 1/t² leave 1/(1 + 16 + 256).
    DetectorNoise noise = new DetectorNoise(0, 4);
    double one = error(bench(ReadoutMode.COHERENT, noise, declared(noise)), 1);
    double three = error(bench(ReadoutMode.COHERENT, noise, declared(noise)), 3);
    assertEquals(Math.sqrt(273), one / three, 0.1 * Math.sqrt(273));
  }

  /** RMS over the weak frequencies and 20 transforms. */
  private static double error(TestBench bench, int exposures) {
    ComplexField field = field();
    double[] truth = NaiveDft.forward(field.values(), N, N);
    FourierTransformer transformer =
        new FourierTransformer(
            bench, TransformOptions.defaults().digitalMean(false).exposures(exposures));
    double sum = 0;
    for (int id = 0; id < 20; id++) {
      float[] got = transformer.forward(field, id).values();
      for (int i = 2; i < truth.length; i++) {
        sum += Math.pow(got[i] - truth[i], 2);
      }
    }
    return Math.sqrt(sum / 20 / truth.length);
  }

  /** One row of pixels whose counts are given, exposure by exposure. */
  private static FrameSequence sequence(double[] exposures, float[][] steps) {
    FrameShape shape = new FrameShape(1, steps[0].length / 4);
    List<Readout> readouts =
        Arrays.stream(exposures)
            .boxed()
            .flatMap(t -> FourierTransformer.readouts(ReadoutMode.FOUR_STEP, t).stream())
            .toList();
    FrameSequence sequence =
        new FrameSequence(
            shape,
            1,
            readouts,
            1,
            ExposureControl.fixed(),
            FloatBuffer.allocate(2 * shape.pixels()),
            FloatBuffer.allocate(readouts.size() * shape.pixels()));
    for (int e = 0; e < exposures.length; e++) {
      sequence.counts().put(sequence.countOffset(0, 4 * e), steps[e]);
      for (int s = 0; s < 4; s++) {
        sequence.exposure(0, 4 * e + s, exposures[e]);
      }
    }
    return sequence;
  }

  private static float[] merge(DetectorNoise noise, double[] exposures, float[]... steps) {
    CountSteps counts = new CountSteps(new FrameShape(1, 1), ReadoutMode.FOUR_STEP);
    Calibration calibration = new Calibration("c", 1, 1, 1, 10, 100, noise, Shading.none());
    ExposureMerge merge = new ExposureMerge(counts, calibration, exposures.length);
    float[] re = {1000};
    float[] im = {2000};
    merge.add(
        sequence(exposures, steps), 0, MULTIPLE, 0, 1, re, im, new float[merge.workRuns()][1]);
    return new float[] {(re[0] - 1000) / MULTIPLE, (im[0] - 2000) / MULTIPLE};
  }

  @Test
  void saturatedExposuresOfAPixelAreLeftOut() {
    double[] exposures = {2, 8};
    float[] good = {40, 30, 20, 26};
    // I₀−I₂ = 20 and I₁−I₃ = 4 in 2 s: 10 and 2 in one.
    float[] clipped = {100, 90, 50, 74};
    assertArrayEquals(
        new float[] {10, 2}, merge(DetectorNoise.unknown(), exposures, good, clipped), 1e-3f);
    // Negative control: with the last count below the full scale it is a mean of both, by t².
    float[] below = {99, 90, 50, 74};
    float[] mean = merge(DetectorNoise.unknown(), exposures, good, below);
    assertEquals((4 * 10 + 64 * 49 / 8.0) / 68, mean[0], 1e-3);
    assertEquals((4 * 2 + 64 * 2) / 68.0, mean[1], 1e-3);
  }

  @Test
  void aPixelThatAllSaturateHasTheShortest() {
    float[] bright = {100, 100, 20, 30};
    float[] brighter = {100, 100, 60, 90};
    assertArrayEquals(
        new float[] {40, 35},
        merge(new DetectorNoise(0.1, 1), new double[] {2, 6}, bright, brighter),
        1e-3f);
  }

  @Test
  void weightsFollowTheDeclaredNoise() {
    double[] exposures = {1, 4};
    float[] shorter = {20, 15, 12, 13}; // Σn = 20
    float[] longer = {50, 35, 20, 15}; // Σn = 80, as it should be
    double v1 = 0.5 * 20 + 4 * 9;
    double v4 = (0.5 * 80 + 4 * 9) / 16;
    double expected = (8 / v1 + 30 / 4.0 / v4) / (1 / v1 + 1 / v4);
    float[] got = merge(new DetectorNoise(0.5, 3), exposures, shorter, longer);
    assertEquals(expected, got[0], 1e-3);
  }

  @Test
  void whatLongExposuresLoseIsNotClipped() {
    DetectorNoise noise = new DetectorNoise(0.04, 0.8);
    TestBench bench = bench(ReadoutMode.FOUR_STEP, noise, declared(noise));
    TransformBatch batch =
        new FourierTransformer(bench, TransformOptions.defaults().digitalMean(false).exposures(3))
            .batch(SHAPE, 1);
    System.arraycopy(field().values(), 0, batch.fields(), 0, 2 * N * N);
    long before = bench.clipped;
    batch.forward(1);
    assertTrue(bench.clipped > before, "long exposures saturate");
    assertEquals(0, batch.takeClipped());
  }

  @Test
  void whatAllExposuresLoseIs() {
    // The shortest exposure is far too long for the zero order of a constant.
    TestBench bench =
        new TestBench(
            TestBench.capabilities(
                SHAPE,
                true,
                Modulation.COMPLEX,
                ReadoutMode.COHERENT,
                BITS,
                BufferKind.HEAP,
                0.5,
                100,
                Determinism.NOISELESS),
            TestBench.calibration(
                ReadoutMode.COHERENT, BITS, 0, DetectorNoise.unknown(), Shading.none()));
    for (int exposures : new int[] {1, 3}) {
      TransformBatch batch =
          new FourierTransformer(
                  bench, TransformOptions.defaults().digitalMean(false).exposures(exposures))
              .batch(SHAPE, 1);
      Arrays.fill(batch.fields(), 1f);
      batch.forward(1);
      // 500·16/√2 counts, of 2047, in each quadrature of the zero order.
      assertEquals(2, batch.takeClipped(), exposures + " exposures");
      assertEquals(0, batch.takeClipped(), "taken");
    }
  }
}
