// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.ComplexField;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.FrameStatistics;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformNoise;
import org.ofp.device.TransformOptions;

/**
 * The signal-to-noise ratio of transforms as {@link TransformNoise} foretells it from what a device
 * declares, and as it is.
 *
 * <p>Tolerance. What is measured is the mean over a few fields, of one realisation of the noise
 * each. Where many pixels share the error, 12 fields of 34×34 tell it to √(2/28000), next to
 * nothing. Where the longer exposures have saturated all but six bright pixels, those hold most of
 * the error that is left: 12·6·2 numbers for small fields, half of that for large ones, 0.5 and 0.7
 * dB. The tolerance is two to three of these. In the median over all rows the difference is 0.06
 * dB.
 */
class PredictionValidationTest {
  private static final double TOLERANCE = 1.5;

  private static final Map<String, Sample> SAMPLES = new ConcurrentHashMap<>();

  /** Transforms of each field. */
  private static final int DRAWS = 4;

  /** Fewer of large fields, which are their own statistics. */
  private static int fields(int n) {
    return n > 34 ? Bench.count(3, 12) : Bench.count(6, 30);
  }

  private enum Kind {
    /** Complex Gaussian noise. */
    RANDOM,
    /** Amplitudes that fall with 1/f, two channels packed, no mean. */
    NATURAL,
    /** Six bright frequencies over weak noise. */
    SPARSE
  }

  /** A field and its transform. */
  private static final class Sample {
    final float[] field;
    final double[] transform;

    Sample(float[] field, double[] transform) {
      this.field = field;
      this.transform = transform;
    }

    static Sample of(Kind kind, int n, boolean inverse, int number) {
      return SAMPLES.computeIfAbsent(
          kind + " " + n + " " + inverse + " " + number,
          name -> make(kind, n, inverse, 1000L * n + number));
    }

    private static Sample make(Kind kind, int n, boolean inverse, long seed) {
      float[] spectrum = spectrum(kind, n, new Random(seed));
      if (inverse) {
        return new Sample(spectrum, NaiveDft.inverse(spectrum, n, n));
      }
      float[] field = floats(NaiveDft.inverse(spectrum, n, n));
      return new Sample(field, NaiveDft.forward(field, n, n));
    }
  }

  private static float[] spectrum(Kind kind, int n, Random random) {
    float[] spectrum = new float[2 * n * n];
    for (int i = 0; i < n * n; i++) {
      int row = i / n;
      int col = i % n;
      double f = Math.hypot(Math.min(row, n - row), Math.min(col, n - col));
      double weight =
          switch (kind) {
            case RANDOM -> 1;
            case NATURAL -> f == 0 ? 0 : 1 / f;
            case SPARSE -> 0.02;
          };
      spectrum[2 * i] = (float) (weight * random.nextGaussian());
      spectrum[2 * i + 1] = (float) (weight * random.nextGaussian());
    }
    for (int peak = 0; peak < 6 && kind == Kind.SPARSE; peak++) {
      int i = 1 + random.nextInt(n * n - 1);
      double angle = 2 * Math.PI * random.nextDouble();
      double magnitude = (0.3 + random.nextDouble()) * n / 4;
      spectrum[2 * i] = (float) (magnitude * Math.cos(angle));
      spectrum[2 * i + 1] = (float) (magnitude * Math.sin(angle));
    }
    return spectrum;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** In decibels: measured, foretold of the very fields, and of what the batch has counted. */
  private record Outcome(double measured, double predicted, double ofBatch) {}

  private static Outcome compare(
      OpticalFourierDevice device, TransformOptions options, Kind kind, int n, boolean inverse) {
    int fields = fields(n);
    FrameShape shape = new FrameShape(n, n);
    List<Sample> samples = new ArrayList<>();
    int transforms = DRAWS * fields;
    TransformBatch batch = new FourierTransformer(device, options).batch(shape, transforms);
    for (int i = 0; i < transforms; i++) {
      samples.add(Sample.of(kind, n, inverse, i % fields));
      System.arraycopy(samples.get(i).field, 0, batch.fields(), batch.offset(i), 2 * n * n);
      batch.identify(i, i, 0);
    }
    if (inverse) {
      batch.inverse(transforms);
    } else {
      batch.forward(transforms);
    }
    double measured = 0;
    for (int i = 0; i < transforms; i++) {
      boolean digitalMean = options.digitalMean();
      measured += error(batch, i, samples.get(i), n, inverse, digitalMean) / transforms;
    }
    double predicted = 0;
    for (Sample sample : samples.subList(0, fields)) {
      FrameStatistics statistics =
          FrameStatistics.of(
              new ComplexField(shape, sample.field),
              new ComplexField(shape, floats(sample.transform)),
              device.description().calibration(),
              options,
              inverse);
      predicted += predict(device, options, shape, statistics).noiseToSignal() / fields;
    }
    FrameStatistics counted = FrameStatistics.of(batch.takeStatistics(), shape);
    double ofBatch = predict(device, options, shape, counted).noiseToSignal();
    return new Outcome(decibels(measured), decibels(predicted), decibels(ofBatch));
  }

  private static TransformNoise predict(
      OpticalFourierDevice device,
      TransformOptions options,
      FrameShape shape,
      FrameStatistics statistics) {
    return TransformNoise.predict(device.description(), options, shape, statistics);
  }

  /** Squared error over the power of what light transforms. */
  private static double error(
      TransformBatch batch, int i, Sample sample, int n, boolean inverse, boolean digitalMean) {
    double error = 0;
    double signal = 0;
    for (int k = 0; k < 2 * n * n; k++) {
      double truth = sample.transform[k];
      double held = 0;
      if (digitalMean) {
        held = inverse ? sample.field[k % 2] / n : k < 2 ? truth : 0;
      }
      error += Math.pow(batch.fields()[batch.offset(i) + k] - truth, 2);
      signal += Math.pow(truth - held, 2);
    }
    return error / signal;
  }

  private static double decibels(double noiseToSignal) {
    return -10 * Math.log10(noiseToSignal);
  }

  private static void check(
      OpticalFourierDevice device,
      String name,
      TransformOptions options,
      int[] sizes,
      double tolerance,
      double toleranceOfBatch) {
    for (Kind kind : Kind.values()) {
      for (int n : sizes) {
        for (boolean inverse : new boolean[] {false, true}) {
          Outcome o = compare(device, options, kind, n, inverse);
          String line =
              String.format(
                  "%-62s slices %d repeats %d exposures %d %-7s %3d² %s: measured %6.2f dB,"
                      + " predicted %6.2f (%+.2f), of the batch's statistics %6.2f (%+.2f)",
                  name,
                  options.slices(),
                  options.repeats(),
                  options.exposures(),
                  kind,
                  n,
                  inverse ? "inverse" : "forward",
                  o.measured,
                  o.predicted,
                  o.predicted - o.measured,
                  o.ofBatch,
                  o.ofBatch - o.measured);
          System.out.println(line);
          assertEquals(o.measured, o.predicted, tolerance, line);
          // Two numbers do not tell how six bright pixels on a weak ground are spread.
          if (kind != Kind.SPARSE) {
            assertEquals(o.measured, o.ofBatch, toleranceOfBatch, line);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 1", "1, 1, 2", "3, 4, 3"})
  void theDemonstratorAtAllSizes(int slices, int repeats, int exposures) {
    TransformOptions options =
        TransformOptions.defaults().slices(slices).repeats(repeats).exposures(exposures);
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      check(device, "sim:demonstrator", options, new int[] {34, 64, 128}, TOLERANCE, TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "slm.amplitude-bits=4&slm.phase-bits=4, 1, 1, 1",
    "slm.amplitude-bits=4&slm.phase-bits=4, 2, 1, 1",
    "slm.amplitude-bits=4&slm.phase-bits=4, 3, 2, 2",
    "slm.amplitude-bits=6&slm.phase-bits=6, 1, 1, 1",
    "slm.amplitude-bits=6&slm.phase-bits=6, 2, 3, 1",
    "slm.amplitude-bits=8&slm.phase-bits=4, 2, 2, 1",
    "sensor.read-noise=off, 2, 1, 2",
    "sensor.read-noise=200, 1, 2, 1",
    "sensor.read-noise=200, 2, 1, 3",
    "sensor.full-well=10000&sensor.gain=0.4, 1, 1, 1",
    "sensor.full-well=10000&sensor.gain=0.4, 2, 4, 2",
    "sensor.full-well=2e6&sensor.gain=0.002, 2, 1, 1",
    "adc.bits=8&sensor.gain=0.0025&sensor.black-level=4, 1, 1, 1",
    "reference.amplitude=0.3, 2, 1, 2",
    "source.power=3e-11&sensor.dark-current=20000, 1, 1, 1",
    "sensor.max-exposure=1e-3&source.power=1e-8, 1, 2, 2",
  })
  void variantsOfTheDemonstrator(String variant, int slices, int repeats, int exposures) {
    TransformOptions options =
        TransformOptions.defaults().slices(slices).repeats(repeats).exposures(exposures);
    String uri = "sim:demonstrator?" + variant;
    // With four bits the spread of the powers matters, which two numbers do not tell.
    double ofBatch = variant.contains("bits=4") ? 2.5 : TOLERANCE;
    try (OpticalFourierDevice device = Bench.open(uri)) {
      check(device, uri, options, new int[] {34}, TOLERANCE, ofBatch);
    }
  }

  @Test
  void lightThatClipsAtTheShortestExposure() {
    // The batch cannot know how bright its brightest pixels would have been.
    String uri = "sim:demonstrator?source.power=1e-3";
    try (OpticalFourierDevice device = Bench.open(uri)) {
      check(
          device,
          uri,
          TransformOptions.defaults(),
          new int[] {34},
          TOLERANCE,
          Double.POSITIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sim:ideal?slm.amplitude-bits=8&slm.phase-bits=8&adc.bits=8, 1, 1, 1",
    "sim:ideal?slm.amplitude-bits=8&slm.phase-bits=8&adc.bits=8, 2, 1, 2",
    "sim:ideal?slm.amplitude-bits=6&slm.phase-bits=6&adc.bits=12, 2, 1, 1",
    "sim:ideal?slm.drive=iq&slm.iq-bits=6&adc.bits=10, 2, 1, 1",
  })
  void convertersWithoutNoise(String uri, int slices, int repeats, int exposures) {
    TransformOptions options =
        TransformOptions.defaults().slices(slices).repeats(repeats).exposures(exposures);
    try (OpticalFourierDevice device = Bench.open(uri)) {
      check(device, uri, options, new int[] {34}, TOLERANCE, 2.5);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 4"})
  void thePhotonicEngine(int slices, int repeats) {
    TransformOptions options = TransformOptions.defaults().slices(slices).repeats(repeats);
    try (OpticalFourierDevice device = Bench.open("sim:photonic")) {
      check(device, "sim:photonic", options, new int[] {11}, TOLERANCE, TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 4"})
  void twoPhasesForAField(int slices, int repeats) {
    // How the light of phase frames is spread is known roughly: 2 dB.
    TransformOptions options = TransformOptions.defaults().slices(slices).repeats(repeats);
    try (OpticalFourierDevice device = Bench.open("sim:lcos-phase")) {
      check(device, "sim:lcos-phase", options, new int[] {34}, 2, TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({"slm.fill-factor=0.9", "sensor.fill-factor=0.9", "beam.waist=2e-3"})
  void shadingThatTheCalibrationKnows(String effect) {
    String uri = "sim:demonstrator?calibration=measured&" + effect;
    try (OpticalFourierDevice device = Bench.open(uri)) {
      // A batch does not tell where on the frame the light is.
      check(device, uri, TransformOptions.defaults(), new int[] {34}, TOLERANCE, 4);
    }
  }

  @Test
  void theMeanLeftToTheLight() {
    // A bright mean: the zero order decides the exposure, and the signal is nearly all the mean.
    TransformOptions options = TransformOptions.defaults().digitalMean(false);
    int n = 34;
    FrameShape shape = new FrameShape(n, n);
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      float[] field = NaiveDft.randomField(n, n, 3);
      Sample sample = new Sample(field, NaiveDft.forward(field, n, n));
      TransformBatch batch = new FourierTransformer(device, options).batch(shape, 1);
      System.arraycopy(field, 0, batch.fields(), 0, field.length);
      batch.forward(1);
      FrameStatistics statistics =
          FrameStatistics.of(
              new ComplexField(shape, field),
              new ComplexField(shape, floats(sample.transform)),
              device.description().calibration(),
              options,
              false);
      double measured = decibels(error(batch, 0, sample, n, false, false));
      double predicted = predict(device, options, shape, statistics).snrDecibels();
      System.out.printf("mean left to the light: %.2f dB, predicted %.2f%n", measured, predicted);
      assertEquals(measured, predicted, TOLERANCE);
    }
  }

  @Test
  void aTransformOfRealFieldsHasNoPhaseErrors() {
    // 0 and π are levels. Without knowing that, the prediction would be far off.
    int n = 34;
    FrameShape shape = new FrameShape(n, n);
    Random random = new Random(5);
    float[] real = new float[n * n];
    for (int i = 0; i < real.length; i++) {
      real[i] = (float) random.nextGaussian();
    }
    ComplexField field = ComplexField.ofReal(n, n, real);
    double[] truth = NaiveDft.forward(field.values(), n, n);
    TransformOptions options = TransformOptions.defaults();
    try (OpticalFourierDevice device =
        Bench.open("sim:ideal?slm.amplitude-bits=8&slm.phase-bits=6")) {
      float[] got = new FourierTransformer(device).forward(field).values();
      TransformNoise noise =
          predict(
              device,
              options,
              shape,
              FrameStatistics.of(
                  field,
                  new ComplexField(shape, floats(truth)),
                  device.description().calibration(),
                  options,
                  false));
      double error = NaiveDft.relativeError(got, truth);
      assertEquals(decibels(error * error), noise.snrDecibels(), 0.5);
      TransformNoise complex = predict(device, options, shape, FrameStatistics.random(shape));
      assertTrue(complex.snrDecibels() < noise.snrDecibels() - 10, "negative control");
    }
  }

  @ParameterizedTest
  @CsvSource({"source.rin=1e-6", "reference.phase-noise=0.02", "beam.pointing=2e-5"})
  void whatEveryReadOrFrameDrawsOnce(String effect) {
    // One number for a read or a frame: of F fields the mean square is known to √(2/4F), and of
    // F tilts in two directions to √(2/2F); three standard errors.
    String uri = "sim:demonstrator?" + effect;
    int n = 34;
    int fields = 200;
    FrameShape shape = new FrameShape(n, n);
    TransformOptions options = TransformOptions.defaults();
    Sample sample = Sample.of(Kind.RANDOM, n, false, 9);
    try (OpticalFourierDevice device = Bench.open(uri);
        OpticalFourierDevice without = Bench.open("sim:demonstrator")) {
      TransformBatch batch = new FourierTransformer(device, options).batch(shape, fields);
      double measured = 0;
      for (int i = 0; i < fields; i++) {
        System.arraycopy(sample.field, 0, batch.fields(), batch.offset(i), 2 * n * n);
        batch.identify(i, i, 0);
      }
      batch.forward(fields);
      for (int i = 0; i < fields; i++) {
        measured += error(batch, i, sample, n, false, true) / fields;
      }
      FrameStatistics statistics =
          FrameStatistics.of(
              new ComplexField(shape, sample.field),
              new ComplexField(shape, floats(sample.transform)),
              device.description().calibration(),
              options,
              false);
      TransformNoise noise = predict(device, options, shape, statistics);
      double predicted = noise.noiseToSignal();
      System.out.printf(
          "%s: %.2f dB, predicted %.2f%n", effect, decibels(measured), decibels(predicted));
      double allowance = 3 * Math.sqrt(2.0 / (2 * fields)) + 0.02;
      assertEquals(1, measured / predicted, allowance);
      double quiet = predict(without, options, shape, statistics).noiseToSignal();
      assertTrue(measured / quiet > 1.5, "negative control: the effect is not small");
    }
  }

  @Test
  void composedTransformsAddTheErrorsOfTheirStages() {
    // 121×121 of random fields from 11×11: two stages, each with its error.
    int n = 121;
    FrameShape shape = new FrameShape(n, n);
    TransformOptions options = TransformOptions.defaults();
    Sample sample = Sample.of(Kind.RANDOM, n, false, 9);
    try (OpticalFourierDevice device = Bench.open("sim:photonic")) {
      TransformBatch batch = new FourierTransformer(device, options).batch(shape, 1);
      System.arraycopy(sample.field, 0, batch.fields(), 0, 2 * n * n);
      batch.forward(1);
      double measured = decibels(error(batch, 0, sample, n, false, true));
      TransformNoise whole = predict(device, options, shape, FrameStatistics.random(shape));
      FrameShape small = new FrameShape(11, 11);
      TransformNoise stage = predict(device, options, small, FrameStatistics.random(small));
      assertEquals(2 * stage.noiseToSignal(), whole.noiseToSignal(), 1e-12);
      assertEquals(measured, whole.snrDecibels(), TOLERANCE);
    }
  }
}
