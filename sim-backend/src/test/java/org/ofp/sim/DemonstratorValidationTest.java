// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.sim.Bench.assertWithin;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Calibration;
import org.ofp.device.ComplexField;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;
import org.ofp.optics.BenchParameters;

class DemonstratorValidationTest {
  private static final String QUIET =
      "&sensor.shot-noise=off&sensor.read-noise=off&sensor.dark-current=off&sensor.prnu=off"
          + "&sensor.dsnu=off&source.rin=off";

  /** Passes everything on and notes the exposures that jobs were read with. */
  private static final class Witness extends ForwardingDevice {
    final List<Double> exposures = new ArrayList<>();
    double maxCount;
    double minCount = Double.POSITIVE_INFINITY;

    Witness(OpticalFourierDevice device) {
      super(device);
    }

    @Override
    public Job submit(FrameSequence sequence, JobOptions options) {
      Job job = super.submit(sequence, options);
      job.await();
      int values =
          sequence.countOffset(sequence.size() - 1, sequence.readouts().size() - 1)
              + sequence.planes() * sequence.shape().pixels();
      for (int i = 0; i < values; i++) {
        float count = sequence.counts().get(i);
        assertEquals(Math.rint(count), count, "whole numbers");
        maxCount = Math.max(maxCount, count);
        minCount = Math.min(minCount, count);
      }
      for (int i = 0; i < sequence.size(); i++) {
        exposures.add(sequence.exposure(i, 0));
      }
      return job;
    }
  }

  @Test
  void rawCountsAreCodesOfTheConverter() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      float[] frame = Bench.randomFrames(2 * 64 * 48, 3);
      for (double exposure : new double[] {1e-6, 1e-4, 1e-2, 1}) {
        float[] counts =
            Bench.raw(device, 64, 48, frame, Readout.withReference(exposure, Math.PI / 2));
        for (float count : counts) {
          assertEquals(Math.rint(count), count);
          assertTrue(count >= 0 && count <= 4095, "count " + count);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"512,512", "256,512", "101,64"})
  void aUniformFrameDeliversThePowerIntoTheCentralPixel(int rows, int cols) {
    String uri =
        "sim:demonstrator?sensor.full-well=off&adc.bits=off&sensor.gain=1&sensor.qe=1"
            + "&sensor.black-level=0&source.power=10e-6"
            + QUIET;
    BenchParameters bench = Bench.parameters(uri);
    float[] frame = new float[2 * rows * cols];
    for (int i = 0; i < frame.length; i += 2) {
      frame[i] = 1;
    }
    double exposure = 1e-5;
    try (OpticalFourierDevice device = Bench.open(uri)) {
      float[] counts = Bench.raw(device, rows, cols, frame, Readout.plain(exposure));
      // A window takes its share of the beam.
      double share = rows * cols / (512.0 * 512);
      double photons = 10e-6 * exposure * 633e-9 / (6.62607015e-34 * 299792458) * share;
      assertEquals(photons, bench.photons(exposure) * share, 1e-9 * photons);
      int centre = rows / 2 * cols + cols / 2;
      // Amplitude good to 4e-7 (see RawFrameValidationTest), intensity to twice that.
      assertEquals(photons, counts[centre], 1e-6 * photons);
      double rest = 0;
      for (float count : counts) {
        rest += count;
      }
      assertEquals(photons, rest, 2e-6 * photons, "and nothing elsewhere");
    }
  }

  @ParameterizedTest
  @CsvSource({"64,64,1", "37,50,1", "64,64,0.3", "512,512,1"})
  void theNoiseOfAReconstructedFieldIsTheFourStepFormula(int rows, int cols, double reference) {
    // A continuous modulator leaves the sensor's noise alone. Averaged over the pixels S² is the
    // mean of |F|², by Parseval that of |a|²: variance of a quadrature of F in units of the frame's
    // scale: (n(R² + <S²>) + σr² + 1/12K²)/(8R²n)/n with n the electrons at |F| = 1.
    String uri =
        "sim:demonstrator?slm.amplitude-bits=off&slm.phase-bits=off&sensor.read-noise=30"
            + "&source.power=10e-6&reference.amplitude="
            + reference;
    BenchParameters bench = Bench.parameters(uri);
    float[] field = NaiveDft.randomField(rows, cols, 31);
    double scale = 0;
    double energy = 0;
    for (int i = 0; i < field.length; i += 2) {
      double power = field[i] * field[i] + field[i + 1] * field[i + 1];
      scale = Math.max(scale, Math.sqrt(power));
      energy += power;
    }
    double signal = energy / scale / scale / (rows * cols);
    try (Witness device = new Witness(Bench.open(uri))) {
      FourierTransformer transformer =
          new FourierTransformer(device, TransformOptions.defaults().digitalMean(false));
      FrameShape shape = new FrameShape(rows, cols);
      float[] first = transformer.forward(new ComplexField(shape, field), 1).values();
      float[] second = transformer.forward(new ComplexField(shape, field), 2).values();
      double variance = 0;
      for (int i = 0; i < first.length; i++) {
        double difference = first[i] - second[i];
        variance += difference * difference / 2 / first.length;
      }
      double expected = 0;
      for (double exposure : device.exposures) { // the two differ a little: noise meters, too
        double n = bench.electronsPerSecond() * exposure;
        double inner =
            n * (reference * reference + signal)
                + 30 * 30
                + 1 / (12 * bench.sensor().gain() * bench.sensor().gain());
        expected += inner / (8 * reference * reference * n * n) * scale * scale / 2;
      }
      // Gaussian: known to √(2/values), but pixels differ in brightness; 6 instead of 5.
      assertEquals(1, variance / expected, 6 * Math.sqrt(2.0 / first.length), "variance");
    }
  }

  @Test
  void theWholeBenchGivesASaneSignalToNoiseRatio() {
    // An image of mean 0.5 and deviation 0.25 with smooth structure, as a network sees it.
    int n = 128;
    Random random = new Random(8);
    float[] real = new float[n * n];
    for (int i = 0; i < real.length; i++) {
      int x = i % n;
      int y = i / n;
      double smooth = Math.sin(2 * Math.PI * 3 * x / n) * Math.cos(2 * Math.PI * 2 * y / n);
      real[i] = (float) (0.5 + 0.2 * smooth + 0.15 * random.nextGaussian());
    }
    ComplexField image = ComplexField.ofReal(n, n, real);
    double[] truth = NaiveDft.forward(image.values(), n, n);
    double[] errors = new double[3];
    String[] uris = {"sim:demonstrator", "sim:demonstrator?" + QUIET.substring(1), "sim:ideal"};
    for (int i = 0; i < 3; i++) {
      try (OpticalFourierDevice device = Bench.open(uris[i])) {
        float[] got = new FourierTransformer(device).forward(image, 4).values();
        double error = 0;
        double signal = 0;
        // Without bin 0, which is the computer's and would flatter.
        for (int k = 2; k < got.length; k++) {
          error += (got[k] - truth[k]) * (got[k] - truth[k]);
          signal += truth[k] * truth[k];
        }
        errors[i] = 10 * Math.log10(signal / error);
      }
    }
    System.out.printf(
        "SNR of the AC part, image of 128×128: demonstrator %.1f dB, without noise %.1f dB, ideal"
            + " %.1f dB%n",
        errors[0], errors[1], errors[2]);
    assertTrue(errors[0] > 15 && errors[0] < errors[1] && errors[1] < errors[2] - 20);
    assertTrue(errors[2] > 115, "float: 1e-6 are 120 dB");
  }

  @Test
  void exposuresUseTheConverterWithoutSaturating() {
    // So dim that a single bright bin does not clip at the shortest exposure.
    String uri = "sim:demonstrator?source.power=1e-7";
    try (Witness device = new Witness(Bench.open(uri))) {
      Calibration calibration = device.description().calibration();
      TransformBatch batch = new FourierTransformer(device).batch(new FrameShape(64, 64), 1);
      for (int run = 0; run < 30; run++) {
        // From flat spectra (a point) to a single bright bin (a wave).
        Random random = new Random(run);
        java.util.Arrays.fill(batch.fields(), 0);
        for (int i = 0; i < 64 * 64; i++) {
          double angle = 2 * Math.PI * 5 * i / 64;
          double mix = run / 30.0;
          double other = i == run ? 30 : 0.02 * random.nextGaussian();
          batch.fields()[2 * i] = (float) (mix * Math.cos(angle) + (1 - mix) * other);
          batch.fields()[2 * i + 1] = (float) (mix * Math.sin(angle));
        }
        batch.identify(0, run, 0);
        device.maxCount = 0;
        batch.forward(1);
        assertEquals(0, batch.takeClipped(), "run " + run);
        double share =
            (device.maxCount - calibration.blackLevel())
                / (calibration.fullScale() - calibration.blackLevel());
        // Metering is good to 2 % and 6 of 50 counts; read noise of 1.2 and shot noise of
        // √(80000)·0.04 = 11 counts of 3200 at the target of 0.8.
        assertTrue(share > 0.65 && share < 0.93, "run " + run + " share " + share);
      }
      assertTrue(device.minCount >= 0);
    }
  }

  @Test
  void aDarkFrameDoesNotTakeTheLongestExposure() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator?source.power=10e-6")) {
      ComplexField dark = new FourierTransformer(device).forward(ComplexField.zeros(16, 16));
      for (float value : dark.values()) {
        assertEquals(0f, value);
      }
      // Load 16.7 ms, a metering read of 2 ms and 8 reference exposures of 1.1 ms, four reads of
      // 3.1 ms: 40 ms. The longest exposure is a second.
      assertTrue(device.telemetry().deviceTime().toMillis() < 45, "" + device.telemetry());
      assertEquals(0, device.telemetry().saturatedPixels());
    }
  }

  @Test
  void clippedCountsAreReported() {
    // The longest exposure is short of nothing here: a bench that cannot expose briefly enough.
    String uri = "sim:demonstrator?sensor.min-exposure=0.1&sensor.exposure=0.1" + QUIET;
    try (OpticalFourierDevice device = Bench.open(uri)) {
      TransformBatch batch = new FourierTransformer(device).batch(new FrameShape(64, 64), 1);
      System.arraycopy(NaiveDft.randomField(64, 64, 1), 0, batch.fields(), 0, 2 * 64 * 64);
      batch.forward(1);
      assertTrue(batch.takeClipped() > 0);
      assertTrue(device.telemetry().saturatedPixels() > 0);
    }
  }

  @Test
  void noiseScalesWithTheLight() {
    // Ten times the power at the same well depth: exposures shrink, the noise stays what it was.
    double[] errors = new double[2];
    float[] field = NaiveDft.randomField(48, 48, 2);
    for (int i = 0; i < 2; i++) {
      try (OpticalFourierDevice device =
          Bench.open("sim:demonstrator?source.power=" + (i == 0 ? "10e-6" : "1e-6"))) {
        errors[i] =
            NaiveDft.relativeError(
                new FourierTransformer(device)
                    .forward(new ComplexField(new FrameShape(48, 48), field), 1)
                    .values(),
                NaiveDft.forward(field, 48, 48));
      }
    }
    assertWithin(1, errors[0] / errors[1], 0.1, "ratio");
  }
}
