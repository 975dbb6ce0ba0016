// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What batches count of what they show, against the fields themselves. */
class TransformStatisticsTest {
  private static final FrameShape SHAPE = new FrameShape(16, 12);

  private static float[] field(int seed, float scale) {
    float[] field = NaiveDft.randomField(SHAPE.rows(), SHAPE.cols(), seed);
    for (int i = 0; i < field.length; i++) {
      field[i] *= scale;
    }
    return field;
  }

  private static double largest(double[] z) {
    double largest = 0;
    for (int i = 0; i < z.length; i += 2) {
      largest = Math.max(largest, Math.hypot(z[i], z[i + 1]));
    }
    return largest;
  }

  private static double rms(double[] z) {
    double sum = 0;
    for (double value : z) {
      sum += value * value;
    }
    return Math.sqrt(2 * sum / z.length);
  }

  @ParameterizedTest
  @CsvSource({"COHERENT, COMPLEX, 1", "FOUR_STEP, COMPLEX, 1", "FOUR_STEP, COMPLEX, 3"})
  void countScalesAndCrests(ReadoutMode mode, Modulation modulation, int repeats) {
    TestBench bench = new TestBench(mode, 14, BufferKind.HEAP, 0);
    TransformOptions options =
        TransformOptions.defaults().digitalMean(false).repeats(repeats).exposures(2);
    TransformBatch batch = new FourierTransformer(bench, options).batch(SHAPE, 3);
    float[][] fields = {field(1, 5), field(2, 0.1f)};
    double minScale = Double.POSITIVE_INFINITY;
    double maxScale = 0;
    double power = 0;
    double minRms = 1;
    double peakPower = 0;
    double maxPeak = 0;
    for (int i = 0; i < 2; i++) {
      System.arraycopy(fields[i], 0, batch.fields(), batch.offset(i), fields[i].length);
      double[] z = NaiveDft.toDouble(fields[i]);
      double[] spectrum = NaiveDft.forward(fields[i], SHAPE.rows(), SHAPE.cols());
      double crest = rms(z) / largest(z);
      double peak = largest(spectrum) / rms(spectrum);
      minScale = Math.min(minScale, largest(z));
      maxScale = Math.max(maxScale, largest(z));
      power += crest * crest / 2;
      minRms = Math.min(minRms, crest);
      peakPower += peak * peak / 2;
      maxPeak = Math.max(maxPeak, peak);
    }
    batch.forward(3); // the third is dark
    TransformStatistics statistics = batch.takeStatistics();
    assertEquals(3, statistics.fields());
    assertEquals(1, statistics.dark());
    assertEquals(0, statistics.clipped());
    assertEquals(minScale, statistics.minScale(), 1e-6 * minScale);
    assertEquals(maxScale, statistics.maxScale(), 1e-6 * maxScale);
    assertEquals(Math.sqrt(power), statistics.rms(), 1e-6);
    assertEquals(minRms, statistics.minRms(), 1e-6);
    // Metering is good to 2 % of |F| + R; a coherent readout tells the larger quadrature, √½ to 1
    // of |F|, which is taken for 0.9 of it.
    double low = mode == ReadoutMode.COHERENT ? 0.78 : 0.99;
    double high = mode == ReadoutMode.COHERENT ? 1.14 : 1.06;
    double ratio = statistics.peak() / Math.sqrt(peakPower);
    assertTrue(ratio > low && ratio < high, "peak " + ratio);
    double ofMost = statistics.maxPeak() / maxPeak;
    assertTrue(ofMost > low && ofMost < high, "largest peak " + ofMost);
    assertEquals(TransformStatistics.none(), batch.takeStatistics(), "taken");
  }

  @Test
  void phaseFramesTellOfTheField() {
    TestBench bench =
        new TestBench(
            TestBench.capabilities(
                SHAPE, true, Modulation.PHASE_ONLY, ReadoutMode.FOUR_STEP, 14, BufferKind.HEAP),
            TestBench.calibration(
                ReadoutMode.FOUR_STEP, 14, 0, DetectorNoise.unknown(), Shading.none()));
    TransformBatch batch = new FourierTransformer(bench).batch(SHAPE, 1);
    float[] field = new float[2 * SHAPE.pixels()];
    for (int i = 0; i < SHAPE.pixels(); i++) { // two waves of one amplitude
      double angle = 2 * Math.PI * (i % SHAPE.cols()) / SHAPE.cols();
      field[2 * i] = (float) (Math.cos(angle) + Math.cos(3 * angle));
      field[2 * i + 1] = (float) (Math.sin(angle) - Math.sin(3 * angle));
    }
    System.arraycopy(field, 0, batch.fields(), 0, field.length);
    batch.forward(1);
    double peak = Math.sqrt(SHAPE.pixels() / 2.0);
    // |F| is √(n/2) times its RMS. Phases alone have π/4 of their light where speckle would have
    // it;
    // two waves are no speckle, whose frames' share is (2/π·√2)² = 0.81.
    assertEquals(peak, batch.takeStatistics().peak(), 0.1 * peak);
  }

  @Test
  void devicesThatAreNotMeteredTellNoPeak() {
    TestBench bench = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
    TransformBatch batch = new FourierTransformer(bench).batch(SHAPE, 1);
    System.arraycopy(field(1, 1), 0, batch.fields(), 0, batch.fields().length);
    batch.forward(1);
    TransformStatistics statistics = batch.takeStatistics();
    assertTrue(Double.isNaN(statistics.peak()));
    FrameStatistics frame = FrameStatistics.of(statistics, SHAPE);
    assertEquals(statistics.rms(), frame.rms(), 1e-3);
    assertEquals(FrameStatistics.random(SHAPE).peak(), frame.peak());
  }

  @Test
  void smallFieldsOfComposedTransformsCountEach() {
    TestBench bench = TestBench.ofFrames(new FrameShape(4, 4), false, Modulation.COMPLEX);
    FrameShape large = new FrameShape(16, 16);
    TransformBatch batch = new FourierTransformer(bench).batch(large, 2);
    for (int i = 0; i < batch.fields().length; i++) {
      batch.fields()[i] = (float) Math.sin(i * i);
    }
    batch.forward(2);
    assertEquals(2 * 32, batch.takeStatistics().fields());
    assertEquals(0, batch.takeStatistics().fields());
  }

  @Test
  void clippedCountsAreInBoth() {
    // So bright that the shortest exposure saturates.
    TestBench bench =
        new TestBench(
            TestBench.capabilities(
                SHAPE,
                true,
                Modulation.COMPLEX,
                ReadoutMode.COHERENT,
                10,
                BufferKind.HEAP,
                1,
                2,
                Determinism.NOISELESS),
            TestBench.calibration(
                ReadoutMode.COHERENT, 10, 0, DetectorNoise.unknown(), Shading.none()));
    TransformBatch batch = new FourierTransformer(bench).batch(SHAPE, 1);
    System.arraycopy(field(1, 1), 0, batch.fields(), 0, batch.fields().length);
    batch.forward(1);
    long clipped = batch.takeClipped();
    assertTrue(clipped > 0);
    assertEquals(clipped, batch.takeStatistics().clipped());
    assertEquals(0, batch.takeStatistics().clipped());
  }

  @Test
  void statisticsAddUp() {
    TransformStatistics one = new TransformStatistics(3, 1, 5, 2, 4, 0.3, 0.2, 5, 6);
    TransformStatistics two = new TransformStatistics(6, 0, 1, 1, 3, 0.6, 0.1, 2, 9);
    double rms = Math.sqrt((2 * 0.09 + 6 * 0.36) / 8);
    double peak = Math.sqrt((2 * 25 + 6 * 4) / 8.0);
    assertEquals(new TransformStatistics(9, 1, 6, 1, 4, rms, 0.1, peak, 9), one.plus(two));
    assertEquals(one, one.plus(TransformStatistics.none()));
    assertEquals(one, TransformStatistics.none().plus(one));
  }

  @Test
  void impossibleStatisticsAreRefused() {
    for (double bad : new double[] {0, -1, 1.1, Double.NaN}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> FrameStatistics.of(bad, 3), "rms");
    }
    for (double bad : new double[] {0.9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> FrameStatistics.of(0.5, bad), "peak");
    }
    ComplexField dark = ComplexField.zeros(4, 4);
    Calibration calibration = new Calibration("c", 1, 1, 1, 0, 100);
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> FrameStatistics.of(dark, dark, calibration, TransformOptions.defaults(), false),
        "dark");
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void statisticsOfAFieldAreThoseThatABatchCounts(boolean digitalMean, boolean inverse) {
    TransformOptions options = TransformOptions.defaults().digitalMean(digitalMean);
    TestBench bench = new TestBench(ReadoutMode.FOUR_STEP, 14, BufferKind.HEAP, 0);
    float[] field = field(9, 1);
    double[] transform =
        inverse
            ? NaiveDft.inverse(field, SHAPE.rows(), SHAPE.cols())
            : NaiveDft.forward(field, SHAPE.rows(), SHAPE.cols());
    float[] values = new float[transform.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) transform[i];
    }
    FrameStatistics known =
        FrameStatistics.of(
            new ComplexField(SHAPE, field),
            new ComplexField(SHAPE, values),
            bench.description().calibration(),
            options,
            inverse);
    TransformBatch batch = new FourierTransformer(bench, options).batch(SHAPE, 1);
    System.arraycopy(field, 0, batch.fields(), 0, field.length);
    if (inverse) {
      batch.inverse(1);
    } else {
      batch.forward(1);
    }
    TransformStatistics counted = batch.takeStatistics();
    assertEquals(known.rms(), counted.rms(), 1e-5);
    assertEquals(known.peak(), counted.peak(), 0.06 * known.peak()); // metering, as above
  }
}
