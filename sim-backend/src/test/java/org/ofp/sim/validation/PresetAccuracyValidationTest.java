// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.FourierTransformer;
import org.ofp.device.TransformOptions;

/**
 * Accuracy against bits: of the modulator's channels, of double-phase encoding, of the converter.
 */
class PresetAccuracyValidationTest {
  private static final String WIDROW =
      "Widrow and Kollár, Quantization Noise, chapter 4; derivation in docs/PHYSICS.md";
  private static final int SIDE = 64;

  /**
   * A sum of 4096 squared errors, each with a spread of no more than its mean, is known to 1/64,
   * its root to half of that; 5 of it, and the steps that are not small against the amplitudes.
   */
  private static double tolerance(double expected, int bits) {
    return expected * (2.5 / SIDE + Math.pow(2, 1 - bits));
  }

  /** Mean of e^{iε} for an error uniform over a phase step. */
  private static double coherence(int bits) {
    return Optics.sinc(Math.pow(2, -bits));
  }

  /** Relative error of a transform without handling of the mean. */
  static double error(String uri, Displayed shown) {
    try (ExposureWitness device = new ExposureWitness(uri)) {
      FourierTransformer transformer =
          new FourierTransformer(device, TransformOptions.defaults().digitalMean(false));
      return Math.sqrt(shown.errorPower(transformer, 1) / shown.meanPower());
    }
  }

  static String modulator(int bits) {
    return "sim:ideal?slm.amplitude-bits=" + bits + "&slm.phase-bits=" + bits;
  }

  static String doublePhase(int bits) {
    return "sim:lcos-phase?rows=64&cols=64&sensor.shot-noise=off&sensor.read-noise=off"
        + "&sensor.prnu=off&sensor.dsnu=off&sensor.full-well=off&sensor.dark-current=off"
        + "&source.rin=off&adc.bits=off&slm.phase-bits="
        + bits;
  }

  static String converter(int bits) {
    return "sim:ideal?adc.bits=" + bits;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 8, 10, 12})
  void amplitudeAndPhase(int bits) {
    Displayed shown = Displayed.random(SIDE, bits);
    double s = coherence(bits);
    double step = 1.0 / ((1 << bits) - 1);
    // ⟨A²⟩(1−s)² of lost modulus, ⟨A²⟩(1−s²) of scattered phase, a step's variance of amplitude.
    double expected = Math.sqrt(2 * (1 - s) + step * step / 12 / shown.meanPower());
    check(
        "accuracy against bits: amplitude and phase",
        bits,
        "√(2(1−s) + 1/(12(2^b−1)²⟨A²⟩))," + " s = sinc(2^(−b))",
        expected,
        error(modulator(bits), shown),
        error(modulator(bits + 1), shown));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 8, 10, 12})
  void doublePhaseOnThePhaseOnlyPreset(int bits) {
    Displayed shown = Displayed.random(SIDE, bits);
    double s = coherence(bits);
    // Each of two frames scatters (1−s²) and counts a half in amplitude, a quarter in power.
    double expected = Math.sqrt((1 - s) * (1 - s) + (1 - s * s) / 2 / shown.meanPower());
    check(
        "accuracy against bits: double phase",
        bits,
        "√((1−s)² + (1−s²)/(2⟨A²⟩)), s =" + " sinc(2^(−b))",
        expected,
        error(doublePhase(bits), shown),
        error(doublePhase(bits + 1), shown));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 8, 10, 12})
  void converterOfACoherentReceiver(int bits) {
    Displayed shown = Displayed.random(SIDE, bits);
    try (ExposureWitness device = new ExposureWitness(converter(bits))) {
      FourierTransformer transformer =
          new FourierTransformer(device, TransformOptions.defaults().digitalMean(false));
      double measured = Math.sqrt(shown.errorPower(transformer, 1) / shown.meanPower());
      double exposure = device.takeExposures().get(0)[0];
      double perField = device.description().calibration().sensitivity() * exposure;
      double expected = Math.sqrt(2 / 12.0 / shown.meanPower()) / perField;
      check(
          "accuracy against bits: converter",
          bits,
          "√(2q²/12)/rms count",
          expected,
          measured,
          error(converter(bits + 1), shown));
      double peak = (1 << (bits - 1)) - 1;
      // Metering is good to 2 % and half a count; it must not clip.
      new Validation(
              "auto-exposure, noiseless",
              bits + " bits, coherent",
              "brightest count = full scale 2^(b−1) − 1",
              "docs/SPEC.md, S6",
              peak,
              device.brightest(),
              0.02 * peak + 1,
              "metering: 2 % and half a count before and after")
          .check();
      assertTrue(transformer.batch(shown.field().shape(), 1).takeClipped() == 0);
    }
  }

  private static void check(
      String effect,
      int bits,
      String formula,
      double expected,
      double measured,
      double oneBitMore) {
    Validation error =
        new Validation(
            effect,
            bits + " bits, 64×64",
            "relative error " + formula,
            WIDROW,
            expected,
            measured,
            tolerance(expected, bits),
            "4096 pixels: 5/128, and 2^(1−b) for steps that are not small");
    error.check();
    error.assertRefuses(oneBitMore, "a bit more");
  }
}
