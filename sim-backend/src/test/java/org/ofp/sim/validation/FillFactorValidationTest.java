// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.ComplexField;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;

/**
 * Pixels that modulate a share F of their area, a square of side √F, and gaps that absorb or
 * reflect (Goodman, section 4.4; the envelope is the transform of one pixel's aperture).
 */
class FillFactorValidationTest {
  private static final String GOODMAN = "Goodman, section 4.4; physics.md";
  private static final int ROWS = 32;
  private static final int COLS = 40;

  /** An efficiency of up to 1 from a field good to 4e-7 of the frame's norm and phases to 1e-6. */
  private static final double TOLERANCE = 3e-6;

  private static double order(String options, float[] frame, int y, int x) {
    return Light.share(Light.intensity(ROWS, COLS, options, frame), ROWS, COLS, y, x);
  }

  private static float[] tilt(int y0, int x0) {
    return Frames.phase(
        ROWS, COLS, (y, x) -> 2 * Math.PI * ((double) y0 * y / ROWS + (double) x0 * x / COLS));
  }

  private static double envelope(double fill, int y, int x) {
    double side = Math.sqrt(fill);
    return fill * Optics.sinc(side * y / ROWS) * Optics.sinc(side * x / COLS);
  }

  @ParameterizedTest
  @CsvSource({"0.93,0.8649", "1,1", "0.5,0.25", "0.874,0.763876", "0.01,0.0001"})
  void absorbingGapZeroOrder(double fill, double expected) {
    float[] uniform = Frames.uniform(ROWS, COLS, 1, 0);
    Validation zero =
        new Validation(
            "fill factor, absorbing gap",
            "F = " + fill + ", zero order",
            "F²",
            GOODMAN,
            expected,
            order("slm.fill-factor=" + fill, uniform, 0, 0),
            TOLERANCE * expected,
            "3e-6 for floats");
    zero.check();
    if (fill < 1) {
      zero.assertRefuses(order("", uniform, 0, 0), "no fill factor");
      zero.assertRefuses(
          order("slm.fill-factor=" + Math.sqrt(fill), uniform, 0, 0), "F for the power");
    }
  }

  @ParameterizedTest
  @CsvSource({"0.93,0,5", "0.93,-9,0", "0.93,7,-13", "1,15,19", "0.6,-16,-20", "0.25,3,-18"})
  void absorbingGapOffTheAxis(double fill, int y, int x) {
    double expected = Math.pow(envelope(fill, y, x), 2);
    String options = "slm.fill-factor=" + fill;
    Validation spot =
        new Validation(
            "fill factor, absorbing gap",
            "F = %s, a tilt to pixel (%d, %d) of 32×40".formatted(fill, y, x),
            "F²·sinc²(√F·y/R)·sinc²(√F·x/C)",
            GOODMAN,
            expected,
            order(options, tilt(y, x), y, x),
            TOLERANCE,
            "3e-6 for floats");
    spot.check();
    spot.assertRefuses(Math.pow(order("", tilt(y, x), y, x) * fill, 2), "no envelope");
    spot.assertRefuses(
        order("slm.fill-factor=" + fill * 0.97, tilt(y, x), y, x), "a smaller aperture");
  }

  @ParameterizedTest
  @CsvSource({
    "0.93,1,0,1.0", "0.93,1,1.5707963268,0.8698", "0.93,1,3.1415926536,0.7396",
    "0.8,1,3.1415926536,0.36", "0.93,0.04,0,0.891136", "0.93,0.04,3.1415926536,0.839056",
    "0.6,0.25,1.5707963268,0.40"
  })
  void reflectingGap(double fill, double reflectivity, double phase, double expected) {
    float[] frame = Frames.uniform(ROWS, COLS, 1, phase);
    String options = "slm.fill-factor=" + fill;
    Validation zero =
        new Validation(
            "fill factor, reflecting gap",
            "F = %s, ρ = %s, uniform frame of phase %s".formatted(fill, reflectivity, phase),
            "|F·e^(iφ) + √ρ(1−F)|²",
            GOODMAN,
            expected,
            order(options + "&slm.gap-reflectivity=" + reflectivity, frame, 0, 0),
            TOLERANCE,
            "3e-6 for floats");
    zero.check();
    zero.assertRefuses(order(options, frame, 0, 0), "an absorbing gap");
    zero.assertRefuses(
        order(
            options + "&slm.gap-reflectivity=" + reflectivity,
            Frames.uniform(ROWS, COLS, 1, phase + Math.PI / 3),
            0,
            0),
        "another phase of the frame");
  }

  @Test
  void darkPixelsLeaveTheGaps() {
    Validation dark =
        new Validation(
            "fill factor, reflecting gap",
            "F = 0.9, ρ = 0.5, dark frame",
            "ρ(1−F)²",
            GOODMAN,
            0.005,
            order(
                "slm.fill-factor=0.9&slm.gap-reflectivity=0.5",
                Frames.uniform(ROWS, COLS, 0, 0),
                0,
                0),
            1e-8,
            "a field of 0.07 good to 4e-8 of it");
    dark.check();
    dark.assertRefuses(
        order("slm.fill-factor=0.9", Frames.uniform(ROWS, COLS, 0, 0), 0, 0), "absorbing gaps");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.93, 0.6})
  void gapsReflectTheIlluminationEverywhere(double fill) {
    // E = envelope·DFT(a·b) + √ρ·(whole-pixel envelope − envelope)·DFT(b), b a Gaussian beam.
    double reflectivity = 0.3;
    double waist = 6;
    float[] frame = Frames.of(ROWS, COLS, (y, x) -> 0.5 + 0.01 * x, (y, x) -> 0.2 * x - 0.1 * y);
    double[] beam = new double[2 * ROWS * COLS];
    double[] lit = new double[beam.length];
    double power = 0;
    for (int i = 0; i < ROWS * COLS; i++) {
      double square = Math.pow(Frames.y(i, ROWS, COLS), 2) + Math.pow(Frames.x(i, COLS), 2);
      beam[2 * i] = Math.exp(-square / (waist * waist));
      power += beam[2 * i] * beam[2 * i] / (ROWS * COLS);
    }
    for (int i = 0; i < ROWS * COLS; i++) {
      beam[2 * i] /= Math.sqrt(power);
      lit[2 * i] = beam[2 * i] * frame[2 * i];
      lit[2 * i + 1] = beam[2 * i] * frame[2 * i + 1];
    }
    double[] ofPixels = new Diffraction(lit, ROWS, COLS).field();
    double[] ofBeam = new Diffraction(beam, ROWS, COLS).field();
    double[] expected = new double[beam.length];
    for (int i = 0; i < beam.length; i++) {
      int y = Frames.y(i / 2, ROWS, COLS);
      int x = Frames.x(i / 2, COLS);
      double gaps = Math.sqrt(reflectivity) * (envelope(1, y, x) - envelope(fill, y, x));
      expected[i] = envelope(fill, y, x) * ofPixels[i] + gaps * ofBeam[i];
    }
    String options = "slm.fill-factor=%s&beam.waist=%s".formatted(fill, waist * Light.PITCH);
    Validation field =
        new Validation(
            "fill factor, reflecting gap",
            "F = %s, ρ = 0.3, Gaussian beam, any frame".formatted(fill),
            "env_F·DFT(a·b) + √ρ(env_1 − env_F)·DFT(b), relative error",
            GOODMAN,
            0,
            Diffraction.relativeError(
                Light.field(ROWS, COLS, options + "&slm.gap-reflectivity=0.3", frame), expected),
            1e-6,
            "products and a transform in float");
    field.check();
    field.assertRefuses(
        Diffraction.relativeError(Light.field(ROWS, COLS, options, frame), expected),
        "absorbing gaps");
  }

  @Test
  void theMeasuredCalibrationDividesTheEnvelopeOut() {
    float[] frame = Frames.of(ROWS, COLS, (y, x) -> 0.4, (y, x) -> 0.3 * x * y);
    double[] truth = spectrum("", frame);
    Validation known =
        new Validation(
            "fill factor, absorbing gap",
            "F = 0.93, measured calibration",
            "relative error of the reconstructed transform",
            "physics.md, Lens",
            0,
            Diffraction.relativeError(
                spectrum("slm.fill-factor=0.93&calibration=measured", frame), truth),
            4 * Light.ROUNDING,
            "two transforms in float, an envelope of no less than 0.4");
    known.check();
    known.assertRefuses(
        Diffraction.relativeError(spectrum("slm.fill-factor=0.93", frame), truth),
        "the nominal calibration");
  }

  private static double[] spectrum(String options, float[] frame) {
    try (Light light = Light.coherent(ROWS, COLS, options)) {
      return Diffraction.widened(
          new FourierTransformer(light.device())
              .forward(new ComplexField(new FrameShape(ROWS, COLS), frame))
              .values());
    }
  }
}
