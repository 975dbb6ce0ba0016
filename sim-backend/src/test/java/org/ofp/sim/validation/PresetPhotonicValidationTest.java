// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ofp.device.Capabilities;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.TransformOptions;

/** The silicon-photonic engine: 11×11 complex modulators, larger transforms composed of them. */
class PresetPhotonicValidationTest {
  private static final String NOISELESS =
      "sim:photonic?sensor.shot-noise=off&sensor.read-noise=off&source.rin=off&adc.bits=off"
          + "&slm.iq-bits=off";

  private static FourierTransformer transformer(ExposureWitness device) {
    return new FourierTransformer(device, TransformOptions.defaults().digitalMean(false));
  }

  @Test
  void theErrorOfAFrameIsThatOfItsParts() {
    // Per pixel, in units of the frame: shot noise of both beams, amplifier, converter, over the
    // square of n·R; intensity noise of the signal; the modulator's steps. See physics.md.
    int frames = Sample.count(200, 2000);
    try (ExposureWitness device = new ExposureWitness("sim:photonic")) {
      double expected = 0;
      double measured = 0;
      double modulatorAlone = 0;
      double perSecond = 0.8 * 10e-3 * 1550e-9 / Light.HC / 121;
      for (int i = 0; i < frames; i++) {
        Displayed shown = Displayed.random(11, i);
        measured += shown.errorPower(transformer(device), i) / frames;
        double exposure = device.takeExposures().get(0)[0];
        double n = perSecond * exposure;
        double r = 10;
        double sensor =
            2 * (n * (r * r + shown.meanPower()) / 2 + 5000.0 * 5000 + 1 / (12 * 9e-6 * 9e-6));
        double intensity = 1e-15 / (2 * exposure) * shown.meanPower();
        double modulator = 2 / 12.0 / (127.0 * 127);
        expected += (sensor / (n * n * r * r) + intensity + modulator) / frames;
        modulatorAlone += modulator / frames;
      }
      // 121 pixels of two quadratures a frame, errors uniform or Gaussian: 5/√(121·frames), and the
      // rounding of half a step less where the drive meets the unit circle.
      Validation error =
          new Validation(
              "photonic preset: error of a frame",
              "11×11, 8-bit I and Q, 10-bit converter, random fields",
              "⟨|F̂−F|²⟩ = 2[n(R²+⟨|F|²⟩)/2 + σr² + 1/12K²]/(nR)² + RIN/(2t)·⟨|F|²⟩ + 2·step²/12",
              "docs/PHYSICS.md",
              expected,
              measured,
              expected * (5 / Math.sqrt(121.0 * frames) + 0.01),
              "5/√(pixels), 1 % for drives at the unit circle");
      error.check();
      error.assertRefuses(modulatorAlone, "a sensor without noise");
    }
  }

  @Test
  void aFrameWithoutErrorsIsExact() {
    try (ExposureWitness device = new ExposureWitness(NOISELESS)) {
      Displayed shown = Displayed.random(11, 1);
      new Validation(
              "photonic preset: 11×11",
              "all errors off",
              "relative error = 0",
              "definition of the DFT",
              0,
              Math.sqrt(shown.errorPower(transformer(device), 1) / shown.meanPower()),
              1e-6,
              "float transform")
          .check();
    }
  }

  @Test
  void largerTransformsAreComposed() {
    try (ExposureWitness device = new ExposureWitness(NOISELESS)) {
      FourierTransformer transformer = transformer(device);
      FrameShape large = new FrameShape(121, 121);
      assertFalse(device.description().capabilities().accepts(large));
      assertTrue(transformer.accepts(large));
      assertEquals(242, transformer.framesPerTransform(large));
      Displayed shown = Displayed.random(121, 1);
      double error = Math.sqrt(shown.errorPower(transformer, 1) / shown.meanPower());
      new Validation(
              "photonic preset: 121×121 from 11×11",
              "all errors off",
              "relative error = 0",
              "Cooley and Tukey 1965",
              0,
              error,
              3e-6,
              "two float transforms and twiddles")
          .check();
      new Validation(
              "photonic preset: frames of 121×121",
              "11×11 engine",
              "2n² frames, n = 11",
              "physics.md, convolution on such a device",
              242,
              device.takeExposures().size(),
              0,
              "a count")
          .check();
    }
  }

  @Test
  void theWholeEngineComposesThemToo() {
    try (ExposureWitness device = new ExposureWitness("sim:photonic")) {
      FourierTransformer transformer = transformer(device);
      Displayed small = Displayed.random(11, 1);
      Displayed large = Displayed.random(121, 1);
      double one = Math.sqrt(small.errorPower(transformer, 1) / small.meanPower());
      double two = Math.sqrt(large.errorPower(transformer, 2) / large.meanPower());
      // The second stage shows results of the first, whose peak is higher over their mean, so its
      // steps and noise are coarser: √(1 + 2..4) times the error of one stage.
      assertTrue(two > one && two < 3 * one, one + " and " + two);
      Capabilities c = device.description().capabilities();
      assertTrue(
          device.telemetry().deviceTime().toNanos() * 1e-9
              >= 243 * c.frameSeconds(1, c.minExposure()) - 1e-9,
          "243 frames so far");
    }
  }
}
