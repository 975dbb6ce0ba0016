// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The parts of a prediction against the formulas of docs/PHYSICS.md. That whole predictions come
 * true is shown on simulated benches ({@code PredictionValidationTest}).
 */
class TransformNoiseValidationTest {
  private static final FrameShape SHAPE = new FrameShape(48, 48);
  private static final double FULL = 4095;
  private static final double BLACK = 64;
  private static final double GAIN = 0.04;
  private static final double READ = 0.8;

  /** Counts per second for |F| = 1. */
  private static final double RATE = 2e5;

  private static Capabilities capabilities(int bits, ReadoutMode mode, int adcBits) {
    return new Capabilities(
        SHAPE,
        true,
        Modulation.COMPLEX,
        ComplexEncoding.DIRECT,
        bits,
        bits,
        mode,
        adcBits,
        1e-6,
        1,
        1e-3,
        0,
        0,
        Determinism.SEEDED,
        BufferKind.HEAP,
        EnergyUse.unknown(),
        OpticalFourierDevice.API_LEVEL);
  }

  private static DeviceDescription device(
      int bits, ReadoutMode mode, boolean noisy, List<PhysicalParameter> parameters) {
    boolean coherent = mode == ReadoutMode.COHERENT;
    double noise = Math.sqrt(READ * READ + 1 / 12.0);
    return new DeviceDescription(
        "d",
        "bench",
        "driver 1",
        capabilities(bits, mode, noisy ? 12 : 0),
        new Calibration(
            "c",
            RATE,
            coherent ? 0 : 1.2,
            coherent ? 1 : 0.9,
            noisy && !coherent ? BLACK : 0,
            noisy ? (coherent ? 2047 : FULL) : Double.POSITIVE_INFINITY,
            noisy ? new DetectorNoise(coherent ? 0 : GAIN, noise) : DetectorNoise.unknown(),
            Shading.none()),
        parameters);
  }

  private static TransformNoise predict(DeviceDescription device, TransformOptions options) {
    return TransformNoise.predict(device, options, SHAPE, FrameStatistics.of(0.35, 3));
  }

  @ParameterizedTest
  @CsvSource({"6", "8", "10", "12"})
  void levelsInTheLimitOfFineSteps(int bits) {
    TransformNoise noise =
        predict(device(bits, ReadoutMode.COHERENT, false, List.of()), TransformOptions.defaults());
    double steps = Math.pow(2, bits) - 1;
    double x = Math.PI / Math.pow(2, bits);
    double sinc = Math.sin(x) / x;
    // A sample of 1800 pixels stands for all, at even places: 3 %; pixels below half a step show
    // nothing and have no phase, up to 1/(0.35·63)² of the power.
    assertEquals(1, noise.amplitude() * 12 * steps * steps * 0.35 * 0.35, 0.05);
    assertEquals(1, noise.phase() / (2 * (1 - sinc)), 0.03);
    assertEquals(noise.amplitude() + noise.phase(), noise.noiseToSignal(), "and nothing else");
    assertEquals(-10 * Math.log10(noise.noiseToSignal()), noise.snrDecibels(), 1e-12);
  }

  @Test
  void aContinuousModulatorWithoutNoiseIsExact() {
    TransformNoise noise =
        predict(device(0, ReadoutMode.COHERENT, false, List.of()), TransformOptions.defaults());
    assertEquals(0, noise.noiseToSignal());
    assertEquals(Double.POSITIVE_INFINITY, noise.snrDecibels());
    assertEquals(1e-3, noise.exposure(), "the device's own");
  }

  @Test
  void fourSteps() {
    TransformNoise noise =
        predict(device(0, ReadoutMode.FOUR_STEP, true, List.of()), TransformOptions.defaults());
    double r = 1.2;
    double visibility = 0.9;
    double power = 0.35 * 0.35;
    double brightest = 3 * 0.35 + r;
    double t = 0.8 * (FULL - BLACK) / (RATE * brightest * brightest);
    assertEquals(t, noise.exposure(), 1e-3 * t);
    double counts = RATE * t;
    double swing = 4 * visibility * visibility * r * r;
    double shot = GAIN * (power + r * r) / (swing * counts);
    assertEquals(1, noise.shot() * power / shot, 1e-3);
    double perCount = 1 / (swing * counts * counts);
    assertEquals(1, noise.read() * power / (READ * READ * perCount), 1e-3);
    assertEquals(1, noise.converter() * power * 12 / perCount, 1e-3);
    // By the other way of writing it: electrons, per quadrature, with full visibility.
    double n = counts / GAIN;
    double quadrature =
        (n * (r * r + power) + (READ * READ + 1 / 12.0) / (GAIN * GAIN)) / (8 * r * r * n * n);
    double sum = noise.shot() + noise.read() + noise.converter();
    assertEquals(1, sum * power * visibility * visibility / (2 * quadrature), 1e-3);
  }

  @Test
  void coherentReadout() {
    List<PhysicalParameter> shots =
        List.of(
            new PhysicalParameter("sensor.shot-noise", "on", ""),
            new PhysicalParameter("sensor.gain", "0.01", "DN/electron"),
            new PhysicalParameter("reference.amplitude", "10", ""));
    TransformNoise noise =
        predict(device(0, ReadoutMode.COHERENT, true, shots), TransformOptions.defaults());
    double power = 0.35 * 0.35;
    double counts = 0.8 * 2047 / (0.9003 * 3 * 0.35);
    assertEquals(counts / RATE, noise.exposure(), 1e-3 * noise.exposure());
    assertEquals(1, noise.read() * power / (2 * READ * READ / (counts * counts)), 1e-3);
    // Electrons n = c/(K·R) for |F| = 1; each quadrature has n(R² + P)/2, worth 1/(nR)² each.
    double n = counts / (0.01 * 10);
    assertEquals(1, noise.shot() * power / (2 * n * (100 + power) / 2 / (n * n * 100)), 1e-3);
  }

  @Test
  void repeatsShareTheNoiseAndNotTheLevels() {
    List<PhysicalParameter> optics = List.of(new PhysicalParameter("field-error", "0.015", ""));
    DeviceDescription device = device(8, ReadoutMode.FOUR_STEP, true, optics);
    TransformNoise once = predict(device, TransformOptions.defaults());
    TransformNoise often = predict(device, TransformOptions.defaults().repeats(5));
    assertEquals(once.shot() / 5, often.shot(), 1e-12 * once.shot());
    assertEquals(once.read() / 5, often.read(), 1e-12 * once.read());
    assertEquals(once.converter() / 5, often.converter(), 1e-3 * once.converter());
    assertEquals(once.amplitude(), often.amplitude());
    assertEquals(once.phase(), often.phase());
    assertEquals(1e-4, once.optics(), 1e-12, "two thirds of what is declared, squared");
    assertEquals(once.optics(), often.optics());
  }

  @Test
  void exposuresHelpWhereThereIsRoom() {
    DeviceDescription device = device(0, ReadoutMode.FOUR_STEP, true, List.of());
    // A peak of 10 times the RMS: four times the exposure saturates few pixels.
    FrameStatistics peaked = FrameStatistics.of(0.35, 12);
    TransformOptions options = TransformOptions.defaults();
    double one = TransformNoise.predict(device, options, SHAPE, peaked).noiseToSignal();
    double two =
        TransformNoise.predict(device, options.exposures(2), SHAPE, peaked).noiseToSignal();
    // 1 + 4 times the light in most pixels, 1 + 16 for what does not come with the light.
    assertTrue(two < one / 4 && two > one / 17, one + " " + two);
    assertEquals(
        one,
        TransformNoise.predict(device, options.repeats(1), SHAPE, peaked).noiseToSignal(),
        "one repeat is none");
  }

  @Test
  void tooMuchLightClips() {
    FrameStatistics bright = FrameStatistics.of(0.7, 40);
    DeviceDescription dim = device(0, ReadoutMode.FOUR_STEP, true, List.of());
    TransformOptions options = TransformOptions.defaults();
    assertEquals(0, TransformNoise.predict(dim, options, SHAPE, bright).clipping());
    Calibration c = dim.calibration();
    DeviceDescription glaring =
        new DeviceDescription(
            "d",
            "bench",
            "driver 1",
            dim.capabilities(),
            new Calibration(
                "c",
                1e4 * RATE,
                c.referenceAmplitude(),
                c.visibility(),
                c.blackLevel(),
                c.fullScale(),
                c.noise(),
                c.shading()),
            List.of());
    assertTrue(TransformNoise.predict(glaring, options, SHAPE, bright).clipping() > 0.01);
  }

  @Test
  void darkCurrentOfAWarmSensor() {
    List<PhysicalParameter> warm =
        List.of(
            new PhysicalParameter("sensor.dark-current", "1e6", "electrons/s"),
            new PhysicalParameter("sensor.temperature", "309.15", "K"),
            new PhysicalParameter("sensor.dark-temperature", "293.15", "K"),
            new PhysicalParameter("sensor.dark-doubling", "8", "K"));
    TransformNoise noise =
        predict(device(0, ReadoutMode.FOUR_STEP, true, warm), TransformOptions.defaults());
    // Variance of a count K²·d·t over that of the read noise, in the same pixels.
    double ratio = GAIN * GAIN * 4e6 * noise.exposure() / (READ * READ);
    assertEquals(ratio, noise.dark() / noise.read(), 1e-9 * ratio);
  }

  @Test
  void whatIsNotPossibleIsRefused() {
    TransformOptions options = TransformOptions.defaults();
    FrameStatistics frame = FrameStatistics.random(SHAPE);
    DeviceDescription continuous = device(0, ReadoutMode.COHERENT, false, List.of());
    assertFails(
        ErrorCode.UNSUPPORTED,
        () -> TransformNoise.predict(continuous, options.slices(2), SHAPE, frame),
        "without levels");
    DeviceDescription intensity = device(8, ReadoutMode.INTENSITY, false, List.of());
    assertFails(
        ErrorCode.UNSUPPORTED, () -> TransformNoise.predict(intensity, options, SHAPE, frame));
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> TransformNoise.predict(continuous, options, new FrameShape(53, 53), frame));
  }

  @ParameterizedTest
  @CsvSource({"0.001", "0.03", "0.06", "0.2", "0.5", "0.8", "1"})
  void assumedSpreadsHaveTheirMean(double mean) {
    assertEquals(mean, PowerSpread.ofMean(mean).mean(), 1e-4 * mean);
  }

  @Test
  void theBrightestOfManyPixels() {
    // The expected largest of n exponential numbers of mean 1 is 1 + 1/2 + … + 1/n.
    for (int n : new int[] {10, 1000, 10_000}) {
      double harmonic = 0;
      for (int k = 1; k <= n; k++) {
        harmonic += 1.0 / k;
      }
      double largest = 40;
      PowerSpread speckle = new PowerSpread();
      for (int i = 0; i < 100_000; i++) {
        speckle.add(-Math.log((i + 0.5) / 100_000) / largest, 1);
      }
      // Bins are a quarter of an octave wide and the sample ends at ln(2e5): 2 % and some.
      assertEquals(1, speckle.largest(n) * largest / harmonic, 0.025);
      assertEquals(1, FrameStatistics.largest(n) / harmonic, 0.06);
    }
  }
}
