// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Devices;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

class NaturalSnrTest {
  private static final TransformOptions OPTIONS = TransformOptions.defaults();

  /**
   * The design's reference figures, of one circular frame of 34×34 with b bits in the modulator and
   * in the converter: 16.9, 29.3 and 41.3 dB for 6, 8 and 10. Theirs is an ideal bench with those
   * bits, both quadratures of the converter at the frame's maximum; 2 dB as for {@link LayerSnr}.
   */
  @ParameterizedTest
  @CsvSource({"6, 16.9", "8, 29.3", "10, 41.3"})
  void theReferenceRecipe(int bits, double expected) {
    String uri =
        "sim:ideal?rows=34&cols=34&slm.amplitude-bits=%d&slm.phase-bits=%d&adc.bits=%d"
            .formatted(bits, bits, bits);
    try (OpticalFourierDevice device = Devices.open(uri)) {
      double decibels = natural(device, ConvolutionSpec.of(16, 16, 3).padding(1), 32, 34);
      assertEquals(expected, decibels, 2);
    }
  }

  /** The negative control of taking few channels for all: all of them give the same. */
  @Test
  void fewChannelsTellAsMuchAsAll() {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator")) {
      double few = natural(device, ConvolutionSpec.of(4, 4, 3).padding(1), 60, 20);
      double many = natural(device, ConvolutionSpec.of(512, 256, 3).padding(1), 60, 20);
      assertEquals(few, many);
      double depthwise =
          natural(device, ConvolutionSpec.of(64, 64, 3).padding(1).groups(64), 60, 20);
      assertEquals(few, depthwise, 2);
    }
  }

  @Test
  void anExactDeviceHasNoNoise() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal")) {
      double decibels = natural(device, ConvolutionSpec.of(4, 4, 3), 20, 20);
      assertTrue(decibels > 120, () -> "predicted " + decibels);
    }
  }

  /** What the objective is for. */
  @Test
  void theObjectiveFindsTheBestFrames() {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator")) {
      ConvolutionSpec layer = ConvolutionSpec.of(8, 8, 3).padding(1);
      NaturalSnr snr = new NaturalSnr(device.description(), OPTIONS);
      double fastest = decibels(device, Objective.HOST_TIME, layer, snr);
      double best = decibels(device, Objective.ACCURACY, layer, snr);
      double sparing = decibels(device, Objective.DEVICE_TIME, layer, snr);
      // Within the decibel to which plans are equal.
      assertTrue(best > Math.max(fastest, sparing) - 1, best + ", " + fastest + ", " + sparing);
      assertTrue(best > sparing + 5, best + " against " + sparing);
    }
  }

  private static double decibels(
      OpticalFourierDevice device, Objective objective, LayerSpec layer, NaturalSnr snr) {
    return snr.decibels(
        ConvolutionPlanner.forDevice(device, OPTIONS, objective).plan(layer, 64, 64));
  }

  private static double natural(
      OpticalFourierDevice device, ConvolutionSpec layer, int size, int frame) {
    LayerGeometry geometry =
        LayerGeometry.of(layer, size, size, Integer.MAX_VALUE, Integer.MAX_VALUE);
    ConvolutionPlan plan =
        ConvolutionPlan.of(
            layer,
            size,
            size,
            new FrameShape(frame, frame),
            geometry,
            new TransformEffort(1, (long) frame * frame, 1, 0, 0));
    return new NaturalSnr(device.description(), OPTIONS).decibels(plan);
  }
}
