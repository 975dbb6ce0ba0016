// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Metering read by read; what it finds is in {@link AutoExposureTest}. */
class MeteringTest {
  private static final long SEED = 20261123;
  private static final int PIXELS = 4096;
  private static final double SENSITIVITY = 37;
  private static final float FULL_SCALE = 4095;

  private static Capabilities capabilities(ReadoutMode mode) {
    return new Capabilities(
        new FrameShape(64, 64),
        true,
        Modulation.COMPLEX,
        0,
        0,
        mode,
        12,
        1e-6,
        10,
        1,
        0,
        0,
        Determinism.SEEDED,
        BufferKind.HEAP,
        1);
  }

  private static Calibration calibration(ReadoutMode mode) {
    double reference = mode == ReadoutMode.FOUR_STEP ? 0.5 : 0;
    return new Calibration(
        "fake", SENSITIVITY, reference, 1, 0, FULL_SCALE, new DetectorNoise(1, 2), Shading.none());
  }

  private static Metering start(ReadoutMode mode, double brightest) {
    // Safe by Parseval for a frame whose light is spread over a hundred such pixels.
    double norm = 10 * brightest;
    ExposureControl control = ExposureControl.auto(0.8);
    double first = AutoExposure.firstExposure(norm, 0.8, capabilities(mode), calibration(mode));
    return new Metering(PIXELS, control, first, capabilities(mode), calibration(mode));
  }

  /** What a noiseless sensor shows of a frame. */
  private static PeakReader.Peak peak(ReadoutMode mode, double brightest, double exposure) {
    double light = mode == ReadoutMode.COHERENT ? brightest : brightest * brightest;
    float count = (float) Math.rint(SENSITIVITY * exposure * light);
    return count > FULL_SCALE ? new PeakReader.Peak(FULL_SCALE, 1) : new PeakReader.Peak(count, 0);
  }

  /** Frames in turns, each until it is done, against one frame after the other. */
  @ParameterizedTest
  @EnumSource(ReadoutMode.class)
  void framesSideBySideAreMeteredAsIfAlone(ReadoutMode mode) {
    Random random = new Random(SEED);
    int n = 500;
    double[] brightest = new double[n];
    Metering[] meterings = new Metering[n];
    for (int i = 0; i < n; i++) {
      brightest[i] = i == 0 ? 0 : Math.pow(10, 8 * random.nextDouble() - 4);
      meterings[i] = start(mode, Math.max(brightest[i], 1e-6));
    }
    int rounds = 0;
    int left = n;
    int unequal = 0;
    while (left > 0) {
      rounds++;
      int observed = 0;
      for (int i = 0; i < n; i++) {
        if (!meterings[i].isDone()) {
          meterings[i].observe(peak(mode, brightest[i], meterings[i].exposure()));
          observed++;
        }
      }
      unequal += observed < n ? 1 : 0;
      left = observed;
    }
    assertTrue(rounds <= 9 && unequal > 1, "rounds " + rounds + ", seed " + SEED);
    for (int i = 0; i < n; i++) {
      double b = brightest[i];
      Metering alone = start(mode, Math.max(b, 1e-6));
      while (!alone.isDone()) {
        alone.observe(peak(mode, b, alone.exposure()));
      }
      assertEquals(alone.result(), meterings[i].result(), "frame " + i + ", seed " + SEED);
      double norm = 10 * Math.max(b, 1e-6);
      double byLoop =
          AutoExposure.meter(
              readout -> peak(mode, b, readout.exposure()),
              PIXELS,
              ExposureControl.auto(0.8),
              AutoExposure.firstExposure(norm, 0.8, capabilities(mode), calibration(mode)),
              capabilities(mode),
              calibration(mode));
      assertEquals(byLoop, meterings[i].result(), "frame " + i + ", seed " + SEED);
    }
  }

  @Test
  void aSaturatedSensorEndsAtTheShortestExposure() {
    Metering metering = start(ReadoutMode.INTENSITY, 1e4);
    int reads = 0;
    while (!metering.isDone()) {
      metering.observe(new PeakReader.Peak(FULL_SCALE, 3));
      reads++;
    }
    assertEquals(1e-6, metering.result());
    assertTrue(reads <= 8, reads + " reads");
  }

  @Test
  void itEndsAfterEightReadsAtWorst() {
    // Light so weak by what was promised that the reads begin with 10 s, and end by eighths.
    Metering metering = start(ReadoutMode.INTENSITY, 1e-3);
    int reads = 0;
    while (!metering.isDone()) {
      assertEquals(10 / Math.pow(8, reads), metering.exposure(), 1e-12);
      metering.observe(new PeakReader.Peak(FULL_SCALE, 3));
      reads++;
    }
    assertEquals(8, reads);
  }

  @Test
  void doneIsDone() {
    Metering metering = start(ReadoutMode.INTENSITY, 1);
    assertFalse(metering.isDone());
    while (!metering.isDone()) {
      metering.observe(peak(ReadoutMode.INTENSITY, 1, metering.exposure()));
    }
    Failures.assertFails(
        ErrorCode.ILLEGAL_STATE, () -> metering.observe(new PeakReader.Peak(1, 0)));
  }
}
