// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Capabilities;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Telemetry;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;

/** What is foretold, against what the devices say they took. */
class EffortEstimateTest {
  private static final TransformOptions OPTIONS = TransformOptions.defaults();

  /** Exposures that are not metered are known, and with them the time to the last digit. */
  @ParameterizedTest
  @CsvSource({
    "sim:ideal, 8, 8, 1",
    "sim:ideal, 8, 8, 3",
    "sim:ideal?rows=4&cols=6, 8, 24, 1",
    "sim:ideal?windows=off&rows=3&cols=5, 27, 125, 1"
  })
  void fixedExposuresAreExact(String uri, int rows, int cols, int exposures) {
    TransformOptions options = OPTIONS.exposures(exposures);
    FrameShape shape = new FrameShape(rows, cols);
    try (OpticalFourierDevice device = Devices.open(uri)) {
      TransformEffort effort = effort(device, options, shape);
      Telemetry ran = transform(device, options, shape);
      assertEquals(ran.framesLoaded(), effort.frames());
      // The clock counts whole nanoseconds per submission; a transform takes milliseconds.
      double seconds = ran.deviceTime().toNanos() * 1e-9;
      assertEquals(seconds, effort.seconds(), 1e-6 * seconds);
    }
  }

  /**
   * Metered exposures depend on the field. The test field is spread at random, with an |F| of up to
   * about 1 where the estimate takes 0.5: a four-step exposure goes with (R+|F|)⁻² = 1/2.25 to 1/4,
   * a coherent one with 1/|F|, and the frame's own time, the same in both, dampens it.
   */
  @ParameterizedTest
  @CsvSource({"sim:demonstrator, 32, 1.8", "sim:lcos-phase, 32, 1.8", "sim:photonic, 11, 2.5"})
  void meteredExposuresAreOfTheRightSize(String uri, int side, double within) {
    FrameShape shape = new FrameShape(side, side);
    try (OpticalFourierDevice device = Devices.open(uri)) {
      TransformEffort effort = effort(device, OPTIONS, shape);
      Telemetry ran = transform(device, OPTIONS, shape);
      assertEquals(ran.framesLoaded(), effort.frames());
      double ratio = effort.seconds() / (ran.deviceTime().toNanos() * 1e-9);
      assertTrue(ratio < within && ratio > 1 / within, () -> "estimate over run: " + ratio);
    }
  }

  @Test
  void energyIsThatOfTheFramesShown() {
    try (OpticalFourierDevice device = Devices.open("sim:photonic")) {
      Capabilities capabilities = device.description().capabilities();
      TransformEffort one = effort(device, OPTIONS, new FrameShape(11, 11));
      TransformEffort composed = effort(device, OPTIONS, new FrameShape(121, 121));
      assertEquals(242, composed.frames());
      assertEquals(242 * 121, composed.pixels());
      assertEquals(242 * one.joules(), composed.joules(), 1e-12 * composed.joules());
      assertEquals(242 * one.seconds(), composed.seconds(), 1e-12 * composed.seconds());
      // Without light: what modulators and converters take, two reads of two planes each.
      double electric =
          121 * (capabilities.energy().writeEnergy() + 4 * capabilities.energy().sampleEnergy());
      assertTrue(one.joules() > electric && one.joules() < 2 * electric);
    }
  }

  /** Stages of unequal frames are taken for equal ones of the same number: each shows the field. */
  @Test
  void composedTransformsShowTheirPixelsOncePerStage() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal?rows=48&cols=40")) {
      TransformEffort effort = effort(device, OPTIONS, new FrameShape(96, 64));
      assertTrue(effort.frames() > 1);
      assertEquals(2 * 96 * 64, (double) effort.pixels(), 0.2 * 2 * 96 * 64);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 22, 12})
  void whatCannotBeTransformedHasNoEffort(int side) {
    try (OpticalFourierDevice device = Devices.open("sim:photonic")) {
      FourierTransformer transformer = new FourierTransformer(device);
      assertTrue(
          new EffortEstimate(device.description(), transformer, OPTIONS)
              .of(new FrameShape(side, side))
              .isEmpty());
    }
  }

  private static TransformEffort effort(
      OpticalFourierDevice device, TransformOptions options, FrameShape shape) {
    FourierTransformer transformer = new FourierTransformer(device, options);
    return new EffortEstimate(device.description(), transformer, options).of(shape).orElseThrow();
  }

  private static Telemetry transform(
      OpticalFourierDevice device, TransformOptions options, FrameShape shape) {
    TransformBatch batch = new FourierTransformer(device, options).batch(shape, 1);
    Random random = new Random(7);
    for (int i = 0; i < batch.fields().length; i++) {
      batch.fields()[i] = (float) random.nextGaussian();
    }
    batch.forward(1);
    return device.telemetry();
  }
}
