// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AutoExposureTest {
  private static final double SENSITIVITY = 37;
  private static final double ACCURACY = 0.02; // what the class promises
  private static final double TARGET = 0.8;

  /** A row of pixels that get known field magnitudes; noise is Gaussian in counts. */
  private static final class FakeSensor implements DetectorReader {
    final boolean coherent;
    final double[] field;
    final double noise;
    final Random random;
    final Capabilities capabilities;
    final Calibration calibration;
    int reads;
    int saturatedReads;
    double longest;

    FakeSensor(
        ReadoutMode mode,
        int adcBits,
        double reference,
        double blackLevel,
        double maxExposure,
        double[] field,
        double noise,
        long seed) {
      this(
          mode,
          adcBits,
          reference,
          blackLevel,
          maxExposure,
          field,
          noise,
          seed,
          DetectorNoise.unknown());
    }

    FakeSensor(
        ReadoutMode mode,
        int adcBits,
        double reference,
        double blackLevel,
        double maxExposure,
        double[] field,
        double noise,
        long seed,
        DetectorNoise declared) {
      coherent = mode == ReadoutMode.COHERENT;
      this.field = field;
      this.noise = noise;
      random = new Random(seed);
      capabilities =
          new Capabilities(
              new FrameShape(1, field.length),
              true,
              Modulation.COMPLEX,
              0,
              0,
              mode,
              adcBits,
              1e-9,
              maxExposure,
              maxExposure,
              0,
              0,
              noise == 0 ? Determinism.NOISELESS : Determinism.SEEDED,
              BufferKind.HEAP,
              1);
      double full = coherent ? (1L << (adcBits - 1)) - 1 : (1L << adcBits) - 1;
      calibration =
          new Calibration(
              "fake", SENSITIVITY, reference, 1, blackLevel, full, declared, Shading.none());
    }

    double meter(double first, double target) {
      DetectorFrame scratch =
          DetectorFrame.allocate(new FrameShape(1, field.length), coherent ? 2 : 1);
      return AutoExposure.meter(
          this, scratch, ExposureControl.auto(target), first, capabilities, calibration);
    }

    @Override
    public void read(Readout readout, DetectorFrame into) {
      readout.requireWithin(capabilities);
      reads++;
      longest = Math.max(longest, readout.exposure());
      int saturated = 0;
      for (int plane = 0; plane < into.planes(); plane++) {
        for (int i = 0; i < field.length; i++) {
          double light = coherent ? (plane == 0 ? -field[i] : 0) : field[i] * field[i];
          double dn =
              Math.rint(
                  SENSITIVITY * readout.exposure() * light
                      + calibration.blackLevel()
                      + noise * random.nextGaussian());
          double low = coherent ? -calibration.fullScale() : 0;
          double clipped = Math.max(low, Math.min(calibration.fullScale(), dn));
          saturated += Math.abs(dn) > calibration.fullScale() ? 1 : 0;
          into.counts().put(into.offset() + plane * field.length + i, (float) clipped);
        }
      }
      saturatedReads += saturated > 0 ? 1 : 0;
      into.describe(0, 0, readout.exposure(), 1, saturated, "fake", 0);
    }

    /** Share of the range that the brightest phase step reaches at an exposure, without noise. */
    double share(double exposure) {
      double peak = 0;
      for (double f : field) {
        double sum = f + (coherent ? 0 : calibration.referenceAmplitude());
        peak = Math.max(peak, coherent ? f : sum * sum);
      }
      return SENSITIVITY * exposure * peak / (calibration.fullScale() - calibration.blackLevel());
    }
  }

  private static double[] field(Random random) {
    double[] field = new double[64];
    double scale = Math.pow(10, 6 * random.nextDouble() - 3);
    double power = 1 + 6 * random.nextDouble(); // from even to one bright bin
    for (int i = 0; i < field.length; i++) {
      field[i] = scale * Math.pow(random.nextDouble(), power);
    }
    return field;
  }

  /** By Parseval no |F| exceeds the L2 norm. */
  private static double parsevalExposure(FakeSensor sensor) {
    double norm = 0;
    for (double f : sensor.field) {
      norm += f * f;
    }
    double brightest = sensor.coherent ? Math.sqrt(norm) : norm;
    return TARGET
        * (sensor.calibration.fullScale() - sensor.calibration.blackLevel())
        / (SENSITIVITY * brightest);
  }

  @ParameterizedTest
  @EnumSource(ReadoutMode.class)
  void usesANoiselessReadoutUpToItsLastCodeAndNotBeyond(ReadoutMode mode) {
    long seed = 20261122;
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      double[] field = field(random);
      int bits = 8 + random.nextInt(9);
      double reference = mode == ReadoutMode.FOUR_STEP ? random.nextDouble() * 2 : 0;
      double black = mode == ReadoutMode.COHERENT ? 0 : random.nextInt(64);
      FakeSensor sensor = new FakeSensor(mode, bits, reference, black, 1e12, field, 0, seed);
      double exposure = sensor.meter(parsevalExposure(sensor), TARGET);
      double share = sensor.share(exposure);
      String label = mode + " run " + run + " seed " + seed + " bits " + bits;
      assertEquals(0, sensor.saturatedReads, label);
      // A count p is p ± ½, so the bound on |F| lies above the truth: never more than all. What
      // is lost is the accuracy, and half a code of the last metering read's peak. That read may
      // have been 1 % short of what the ADC holds: at 8 bits less black level some 180 codes.
      assertTrue(share <= 1 + 1e-12, () -> label + ": " + share);
      // Beside a strong reference a read of 8 times its exposure ends metering: half of c codes is
      // then worth R/√(16c), 1.8 % with c = 192.
      double lost = reference > 0 ? 0.036 : ACCURACY;
      assertTrue(share >= 1 - lost - 1.0 / 180, () -> label + ": " + share);
    }
  }

  @ParameterizedTest
  @EnumSource(ReadoutMode.class)
  void leavesTheMarginForNoiseOnANoisyReadout(ReadoutMode mode) {
    long seed = 7;
    Random random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      double[] field = field(random);
      double reference = mode == ReadoutMode.FOUR_STEP ? 1e-3 * random.nextDouble() : 0;
      FakeSensor sensor = new FakeSensor(mode, 12, reference, 0, 1e15, field, 1.2, seed + run);
      double exposure = sensor.meter(parsevalExposure(sensor), TARGET);
      double share = sensor.share(exposure);
      // Metering may stop at a peak of 50 counts, where ±½ is 2 %; of these 5σ = 6 may be noise.
      String label = mode + " run " + run + " seed " + seed;
      assertTrue(share <= TARGET * (1 + 6 / 50.0), () -> label + ": " + share);
      assertTrue(share >= TARGET * (1 - ACCURACY - 6 / 50.0), () -> label + ": " + share);
    }
  }

  @ParameterizedTest
  @CsvSource({"COHERENT, 1e-5", "INTENSITY, 1e-3", "INTENSITY, 1e-4", "FOUR_STEP, 1e-4"})
  void findsAVeryWeakFieldUnderNoise(ReadoutMode mode, double weakness) {
    // The first exposure, safe by Parseval, gives a peak far below one count of noise: noise must
    // not pass for light once a longer exposure has shown otherwise.
    double[] field = new double[64];
    Arrays.fill(field, weakness);
    double reference = mode == ReadoutMode.FOUR_STEP ? 1e-9 : 0;
    FakeSensor sensor = new FakeSensor(mode, 12, reference, 0, 1e18, field, 2, 11);
    double safe = 1; // as if the frame's norm were 1/weakness times what arrives
    double share = sensor.share(sensor.meter(safe, TARGET));
    // As above, with 5σ = 10 counts of at least 50.
    assertTrue(share <= TARGET * (1 + 10 / 50.0), () -> "share " + share);
    assertTrue(share >= TARGET * (1 - ACCURACY - 10 / 50.0), () -> "share " + share);
  }

  @ParameterizedTest
  @CsvSource({"COHERENT, 30", "FOUR_STEP, 30", "INTENSITY, 30", "INTENSITY, 10000"})
  void recoversFromASaturatingFirstRead(ReadoutMode mode, double excess) {
    double[] field = field(new Random(3));
    double reference = mode == ReadoutMode.FOUR_STEP ? 0.01 : 0;
    FakeSensor sensor = new FakeSensor(mode, 12, reference, 0, 1e9, field, 0, 0);
    double perfect = 1 / sensor.share(1);
    double share = sensor.share(sensor.meter(excess * perfect, TARGET));
    assertTrue(sensor.saturatedReads > 0, "the test's premise");
    assertTrue(share <= 1 + 1e-12 && share >= 1 - ACCURACY - 1e-3, () -> "share " + share);
  }

  @Test
  void darknessTakesTheLongestExposureAndEnds() {
    FakeSensor dark =
        new FakeSensor(ReadoutMode.INTENSITY, 12, 0, 10, 3, new double[] {0, 0}, 0, 0);
    assertEquals(3, dark.meter(Double.POSITIVE_INFINITY, TARGET));
    assertEquals(1, dark.reads);
    FakeSensor nan = new FakeSensor(ReadoutMode.INTENSITY, 12, 0, 10, 3, new double[] {0, 0}, 0, 0);
    assertEquals(3, nan.meter(Double.NaN, TARGET), "a frame without light has no first exposure");
  }

  @Test
  void aReferenceAloneIsNotOverexposed() {
    FakeSensor dark =
        new FakeSensor(ReadoutMode.FOUR_STEP, 12, 1, 0, 1e6, new double[] {0, 0}, 0, 0);
    double share = dark.share(dark.meter(Double.POSITIVE_INFINITY, TARGET));
    assertTrue(share <= 1 && share >= 1 - ACCURACY, () -> "share " + share);
    assertEquals(1, dark.reads);
    assertTrue(dark.longest <= 8.001 / SENSITIVITY * 4095, "not 1e6 s for nothing");
  }

  @Test
  void tooMuchLightEndsAtTheShortestExposure() {
    FakeSensor bright =
        new FakeSensor(ReadoutMode.INTENSITY, 12, 0, 0, 1, new double[] {1e9}, 0, 0);
    assertEquals(1e-9, bright.meter(1e-8, TARGET));
    assertTrue(bright.reads <= 8);
  }

  @ParameterizedTest
  @CsvSource({
    "COHERENT, 4096, 0.5",
    "FOUR_STEP, 4096, 0.8",
    "FOUR_STEP, 1024, 0.8",
    "INTENSITY, 32768, 0.8"
  })
  void lightThatIsSpreadAtRandomTakesOneRead(ReadoutMode mode, int pixels, double noise) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] field = new double[pixels];
      for (int i = 0; i < pixels; i++) {
        field[i] = Math.hypot(random.nextGaussian(), random.nextGaussian());
      }
      double reference = mode == ReadoutMode.FOUR_STEP ? 1 : 0;
      FakeSensor sensor =
          new FakeSensor(
              mode, 12, reference, 0, 1e9, field, noise, seed, new DetectorNoise(0, noise));
      double share = sensor.share(sensor.meter(parsevalExposure(sensor), TARGET));
      assertEquals(1, sensor.reads, "seed " + seed);
      // 5σ of what the largest of many noisy counts of about 60 may be off.
      assertTrue(Math.abs(share - TARGET) < TARGET * 5 * noise / 50, () -> "share " + share);
    }
  }

  @Test
  void declaredNoiseAsksForAnotherRead() {
    double[] field = new double[4096];
    Arrays.fill(field, 1);
    for (boolean declared : new boolean[] {true, false}) {
      FakeSensor sensor =
          new FakeSensor(
              ReadoutMode.INTENSITY,
              12,
              0,
              0,
              1e9,
              field,
              15,
              3,
              declared ? new DetectorNoise(0, 15) : DetectorNoise.unknown());
      double share = sensor.share(sensor.meter(parsevalExposure(sensor), TARGET));
      // Among 4096 pixels noise reaches 3.5σ = 52 counts, beside 6 counts of light in the first
      // read. Without knowledge of the noise it passes for light: the negative control.
      assertEquals(declared ? 2 : 1, sensor.reads);
      assertTrue(declared ? share > 0.6 && share < TARGET : share < 0.2, () -> "share " + share);
    }
  }

  @Test
  void aPixelThatHasItAllTakesASecondRead() {
    double[] field = new double[4096];
    field[5] = 3;
    FakeSensor sensor = new FakeSensor(ReadoutMode.INTENSITY, 12, 0, 0, 1e9, field, 0.5, 3);
    double share = sensor.share(sensor.meter(parsevalExposure(sensor), TARGET));
    assertEquals(2, sensor.reads);
    assertEquals(1, sensor.saturatedReads);
    assertEquals(TARGET, share, 0.01);
  }

  @ParameterizedTest
  @CsvSource({
    // mode, reference, exposures asked 1 : 1 : 4 : 16 of a metered 0.5 s, within 1e-9 … 100 s
    "COHERENT, 1, 0.5, 0.5, 2, 8",
    "INTENSITY, 0, 0.5, 0.5, 2, 8",
    "FOUR_STEP, 3, 0.5, 0.5, 2, 8",
    "FOUR_STEP, 5, 0.5, 0.5, 2, 3.541621622", // 0.8·4095/(37·5²)
  })
  void otherReadoutsKeepTheirRatioToTheFirst(
      ReadoutMode mode, double reference, double e0, double e1, double e2, double e3) {
    FakeSensor sensor = new FakeSensor(mode, 12, reference, 0, 100, new double[] {1}, 1, 0);
    double[] asked = {7, 7, 28, 112};
    double[] expected = {e0, e1, e2, e3};
    for (int r = 0; r < 4; r++) {
      Readout readout =
          mode == ReadoutMode.FOUR_STEP
              ? Readout.withReference(asked[r], r)
              : Readout.plain(asked[r]);
      assertEquals(expected[r], of(sensor, readout, 0.5), 1e-9 * expected[r]);
    }
    assertEquals(100, of(sensor, Readout.plain(7000), 0.5), "the device's longest");
    assertEquals(1e-9, of(sensor, Readout.plain(1e-12), 0.5), "its shortest");
  }

  /** The reference of a four-step device fills nothing while it is off. */
  @Test
  void onlyReadsWithTheReferenceAreCapped() {
    FakeSensor sensor =
        new FakeSensor(ReadoutMode.FOUR_STEP, 12, 5, 0, 100, new double[] {1}, 0, 0);
    assertEquals(8, of(sensor, Readout.plain(112), 0.5));
    // A noiseless converter is used to the last code.
    assertEquals(4095 / (SENSITIVITY * 25), of(sensor, Readout.withReference(112, 0), 0.5), 1e-9);
  }

  private static double of(FakeSensor sensor, Readout readout, double metered) {
    return AutoExposure.of(
        readout,
        Readout.plain(7),
        metered,
        ExposureControl.auto(TARGET),
        sensor.capabilities,
        sensor.calibration);
  }

  @Test
  void clampsToTheRangeOfExposures() {
    Capabilities capabilities =
        TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP).description().capabilities();
    assertEquals(1e-9, capabilities.clampExposure(Double.NaN));
    assertEquals(1e-9, capabilities.clampExposure(-1));
    assertEquals(1e9, capabilities.clampExposure(Double.POSITIVE_INFINITY));
    assertEquals(5, capabilities.clampExposure(5));
  }
}
