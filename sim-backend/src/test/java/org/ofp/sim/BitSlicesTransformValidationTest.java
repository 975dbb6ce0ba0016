// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.ComplexField;
import org.ofp.device.ErrorCode;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.FrameStatistics;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformNoise;
import org.ofp.device.TransformOptions;

/**
 * Precision by composition: transforms in bit slices on benches that only quantise. One slice has
 * the error of docs/PHYSICS.md, <i>Accuracy against bits</i>; each further one shows what is left
 * over, at most π/2^b of the one before, at full range: b − 1.65 bits more or 6.02·(b − 1.65) dB,
 * and what a residual is brighter or darker than its frame.
 */
class BitSlicesTransformValidationTest {
  private static final int N = 34;
  private static final FrameShape SHAPE = new FrameShape(N, N);

  private static TransformOptions slices(int count) {
    return TransformOptions.defaults().slices(count);
  }

  private static float[] gaussian(int n, long seed) {
    Random random = new Random(seed);
    float[] field = new float[2 * n * n];
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) (0.3 + random.nextGaussian());
    }
    return field;
  }

  /** Relative error of one transform, of the part that light transforms. */
  private static double error(
      OpticalFourierDevice device, TransformOptions options, int n, boolean inverse) {
    float[] field = gaussian(n, 7);
    ComplexField input = new ComplexField(new FrameShape(n, n), field);
    FourierTransformer transformer = new FourierTransformer(device, options);
    float[] got = (inverse ? transformer.inverse(input) : transformer.forward(input)).values();
    double[] truth = inverse ? NaiveDft.inverse(field, n, n) : NaiveDft.forward(field, n, n);
    double error = 0;
    double power = 0;
    for (int i = 0; i < truth.length; i++) {
      double held = inverse ? field[i % 2] / n : i < 2 ? truth[i] : 0;
      error += Math.pow(got[i] - truth[i], 2);
      power += Math.pow(truth[i] - held, 2);
    }
    return Math.sqrt(error / power);
  }

  private static TransformNoise predict(
      OpticalFourierDevice device, TransformOptions options, boolean inverse) {
    float[] field = gaussian(N, 7);
    double[] truth = inverse ? NaiveDft.inverse(field, N, N) : NaiveDft.forward(field, N, N);
    float[] transform = new float[truth.length];
    for (int i = 0; i < truth.length; i++) {
      transform[i] = (float) truth[i];
    }
    FrameStatistics statistics =
        FrameStatistics.of(
            new ComplexField(SHAPE, field),
            new ComplexField(SHAPE, transform),
            device.description().calibration(),
            options,
            inverse);
    return TransformNoise.predict(device.description(), options, SHAPE, statistics);
  }

  private static double decibels(double error) {
    return -20 * Math.log10(error);
  }

  @ParameterizedTest
  @CsvSource({
    "slm.amplitude-bits=4&slm.phase-bits=4, 4",
    "slm.amplitude-bits=6&slm.phase-bits=6, 3",
    "slm.amplitude-bits=8&slm.phase-bits=8, 3",
    "slm.amplitude-bits=10&slm.phase-bits=10, 2",
    "slm.amplitude-bits=8&slm.phase-bits=4, 3",
    "slm.amplitude-bits=8, 2",
    "slm.phase-bits=8, 2",
    "slm.drive=iq&slm.iq-bits=8, 3",
    "slm.modulation=phase-only&slm.encoding=double-phase&slm.phase-bits=8, 3",
    "slm.modulation=phase-only&slm.encoding=double-phase&slm.phase-bits=5, 3",
    "slm.amplitude-bits=8&slm.phase-bits=8&readout=four-step, 2",
  })
  void everySliceBuysItsBits(String bits, int most) {
    try (OpticalFourierDevice device = Bench.open("sim:ideal?" + bits)) {
      double before = 0;
      for (int slices = 1; slices <= most; slices++) {
        TransformNoise noise = null;
        for (boolean inverse : new boolean[] {false, true}) {
          noise = predict(device, slices(slices), inverse);
          double measured = decibels(error(device, slices(slices), N, inverse));
          System.out.printf(
              "%-72s %d slices %s: %6.2f dB, predicted %6.2f%n",
              bits, slices, inverse ? "inverse" : "forward", measured, noise.snrDecibels());
          // 2312 errors tell their variance to √(2/2312), 0.1 dB; the largest residual of a slice
          // is
          // some 5 % off the expected one, 0.4 dB for all that follow. Floats end at 130 dB.
          double tolerance = 0.6 + 0.4 * (slices - 1);
          assertEquals(
              Math.min(noise.snrDecibels(), 125),
              Math.min(measured, 125),
              tolerance,
              slices + " slices");
          assertTrue(measured > before + 6, "a slice buys something");
        }
        before = noise.snrDecibels();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 2, 12", "8, 2, 13", "6, 3, 14", "4, 3, 8"})
  void fewBitsInSlicesDoAsWellAsManyBits(int bits, int slices, int like) {
    String uri = "sim:ideal?slm.amplitude-bits=%d&slm.phase-bits=%d";
    try (OpticalFourierDevice few = Bench.open(uri.formatted(bits, bits));
        OpticalFourierDevice many = Bench.open(uri.formatted(like, like))) {
      double composed = error(few, slices(slices), N, false);
      double direct = error(many, slices(1), N, false);
      System.out.printf(
          "%d slices of %d bits: %.1f dB; one frame of %d bits: %.1f dB%n",
          slices, bits, decibels(composed), like, decibels(direct));
      assertTrue(composed <= direct, composed + " of " + direct);
      // Negative control: a slice fewer does not.
      assertTrue(error(few, slices(slices - 1), N, false) > direct);
    }
  }

  @Test
  void anEightBitBenchWithATwelveBitReceiverGivesTwelveBitResults() {
    String uri = "sim:ideal?adc.bits=12&slm.amplitude-bits=%d&slm.phase-bits=%d";
    try (OpticalFourierDevice eight = Bench.open(uri.formatted(8, 8));
        OpticalFourierDevice twelve = Bench.open(uri.formatted(12, 12))) {
      double composed = error(eight, slices(2), N, false);
      double direct = error(twelve, slices(1), N, false);
      // The converter's errors are in both, but from counts of different frames: √(2/2312).
      assertTrue(composed <= 1.03 * direct, composed + " of " + direct);
    }
  }

  @Test
  void composedTransformsOfSlices() {
    // 35×35 in two stages, of 5×7 and of 7×5: 35 frames each.
    String uri = "sim:ideal?rows=7&cols=7&slm.amplitude-bits=8&slm.phase-bits=8";
    try (OpticalFourierDevice device = Bench.open(uri)) {
      FourierTransformer transformer = new FourierTransformer(device, slices(2).repeats(3));
      assertEquals(6 * 70, transformer.framesPerTransform(new FrameShape(35, 35)));
      double one = error(device, slices(1), 35, false);
      double two = error(device, slices(2).repeats(3), 35, false);
      long frames = device.telemetry().framesLoaded();
      assertEquals(7 * 70, frames);
      // By the largest residual of a small frame, at best π/2^8 of its largest amplitude.
      assertTrue(two < one / 40, two + " of " + one);
    }
  }

  @Test
  void aFalseRangeOfThePhaseIsMadeUpFor() {
    // The panel spans 6 instead of 6.28 rad; it says so, and the second slice shows the difference.
    String uri = "sim:ideal?slm.amplitude-bits=8&slm.phase-bits=8&slm.phase-range=6";
    try (OpticalFourierDevice device = Bench.open(uri)) {
      double one = error(device, slices(1), N, false);
      double two = error(device, slices(2), N, false);
      double four = error(device, slices(4), N, false);
      // On average a phase is off by 0.28/2 at its mean position, 0.16 RMS.
      assertEquals(0.28 / Math.sqrt(3), one, 0.02);
      assertTrue(two < one / 4 && four < one / 100, one + " " + two + " " + four);
      // And that is foretold: the range is an error of the levels, not of the optics.
      for (int count : new int[] {1, 2, 4}) {
        double foretold = predict(device, slices(count), false).snrDecibels();
        double measured = decibels(error(device, slices(count), N, false));
        assertEquals(measured, foretold, 0.6 + 0.4 * (count - 1), count + " slices");
      }
    }
  }

  @Test
  void resultsDoNotDependOnBatchesOrThreads() throws Exception {
    TransformOptions options = slices(2).repeats(2).exposures(2);
    int fields = 5;
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator?seed=3")) {
      TransformBatch together = new FourierTransformer(device, options).batch(SHAPE, fields);
      TransformBatch single = new FourierTransformer(device, options).batch(SHAPE, 1);
      for (int i = 0; i < fields; i++) {
        System.arraycopy(
            gaussian(N, i), 0, together.fields(), together.offset(i), single.fields().length);
        together.identify(i, 100 + i, 2);
      }
      ForkJoinPool pool = new ForkJoinPool(3);
      try {
        pool.submit(() -> together.forward(fields)).get();
      } finally {
        pool.shutdown();
      }
      for (int i = fields - 1; i >= 0; i--) {
        System.arraycopy(gaussian(N, i), 0, single.fields(), 0, single.fields().length);
        single.identify(0, 100 + i, 2);
        single.forward(1);
        float[] expected = new float[single.fields().length];
        System.arraycopy(together.fields(), together.offset(i), expected, 0, expected.length);
        assertArrayEquals(expected, single.fields(), 0f);
      }
    }
  }

  @Test
  void darknessIsExactlyZero() {
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      float[] got =
          new FourierTransformer(device, slices(3).repeats(2))
              .forward(ComplexField.zeros(16, 16))
              .values();
      assertArrayEquals(new float[2 * 256], got, 0f);
    }
  }

  @Test
  void valuesThatAreLevelsLeaveNothingOver() {
    // A frame of ones and dark pixels: the second slice is dark.
    float[] field = new float[2 * N * N];
    for (int i = 0; i < field.length; i += 6) {
      field[i] = 3;
    }
    try (OpticalFourierDevice device =
        Bench.open("sim:ideal?slm.amplitude-bits=8&slm.phase-bits=8")) {
      TransformOptions options = slices(3).digitalMean(false);
      float[] got =
          new FourierTransformer(device, options).forward(new ComplexField(SHAPE, field)).values();
      // What floats of the counts keep.
      assertTrue(NaiveDft.relativeError(got, NaiveDft.forward(field, N, N)) < 1e-6);
    }
  }

  @Test
  void slicesOfAContinuousPanelAreRefused() {
    try (OpticalFourierDevice device = Bench.open("sim:ideal")) {
      Bench.assertFails(
          ErrorCode.UNSUPPORTED,
          () -> new FourierTransformer(device, slices(2)),
          "without levels",
          "ask for 1 slice");
    }
  }
}
