// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.ComplexField;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;

/** A Gaussian on the modulator: its focus, its profile, its power. */
class GaussianBeamValidationTest {
  private static final String SIEGMAN = "Siegman, Lasers, chapter 17";

  /** The 1/e² radius on the detector in metres. */
  private static double focus(
      int n, double pitch, double wavelength, double focalLength, String options, float[] frame) {
    double[] intensity =
        Light.intensity(
            n,
            n,
            "pitch=%s&wavelength=%s&focal-length=%s%s"
                .formatted(pitch, wavelength, focalLength, options),
            frame);
    return Spots.radius(intensity, n, n) * wavelength * focalLength / (n * pitch);
  }

  private static float[] gaussian(int n, double radius) {
    return Frames.amplitude(n, n, (y, x) -> Math.exp(-(x * x + y * y) / (radius * radius)));
  }

  @ParameterizedTest
  @CsvSource({
    "1024,16e-6,633e-9,0.1,2e-3,10.0745e-6",
    "512,16e-6,633e-9,0.1,1e-3,20.1490e-6",
    "512,8e-6,1064e-9,0.25,0.5e-3,169.341e-6",
    "256,20e-6,532e-9,0.05,0.4e-3,21.1676e-6"
  })
  void waist(
      int n, double pitch, double wavelength, double focalLength, double w0, double expected) {
    // The edge of the frame cuts the amplitude at exp(−(4 w0/w0)²) = 1e-7 or less; the second
    // moment of the cut's diffraction is N²A²/π² ≤ 1e-8 px² of some 2 px². Floats are good to 4e-7
    // of the norm: N²·(4e-7)²/12 ≤ 2e-8 px². The value is stated to six digits.
    double tolerance = 1e-5 * expected;
    String parameters =
        "w0 = %s m, N = %d of %s m, λ = %s m, f = %s m"
            .formatted(w0, n, pitch, wavelength, focalLength);
    String origin = "value stated to six digits; cut at 4 w0 and floats below 1e-6";
    float[] uniform = Frames.uniform(n, n, 1, 0);
    Validation beam =
        new Validation(
            "Gaussian waist",
            parameters + ", beam.waist",
            "λf/(πw0)",
            SIEGMAN,
            expected,
            focus(n, pitch, wavelength, focalLength, "&beam.waist=" + w0, uniform),
            tolerance,
            origin);
    beam.check();
    beam.assertRefuses(
        focus(n, pitch, wavelength, focalLength, "&beam.waist=" + w0 * Math.sqrt(2), uniform),
        "a waist meant as the 1/e radius of the intensity");
    beam.assertRefuses(focus(n, pitch, wavelength, focalLength, "", uniform), "no Gaussian");
    new Validation(
            "Gaussian waist",
            parameters + ", displayed amplitude",
            "λf/(πw0)",
            SIEGMAN,
            expected,
            focus(n, pitch, wavelength, focalLength, "", gaussian(n, w0 / pitch)),
            tolerance,
            origin)
        .check();
  }

  @Test
  void theErrorShrinksWithTheGrid() {
    // The same beam on ever larger modulators, up to 2.6 w0: the edge cuts at exp(−(L/2w0)²).
    double w0 = 0.5e-3;
    double expected = Light.WAVELENGTH * Light.FOCAL_LENGTH / (Math.PI * w0);
    double before = Double.POSITIVE_INFINITY;
    for (int n : new int[] {96, 128, 192, 256, 320}) {
      double error =
          Math.abs(
              focus(
                          n,
                          Light.PITCH,
                          Light.WAVELENGTH,
                          Light.FOCAL_LENGTH,
                          "&beam.waist=" + w0,
                          Frames.uniform(n, n, 1, 0))
                      / expected
                  - 1);
      double last = before;
      assertTrue(error < last / 2, () -> "n = " + n + ": " + error + " after " + last);
      before = error;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "48,48,200e-6,0,0",
    "32,64,100e-6,0,0",
    "48,48,150e-6,60e-6,-25e-6",
    "33,27,90e-6,-40e-6,0"
  })
  void profileAndPower(int rows, int cols, double waist, double shiftX, double shiftY) {
    // What stands on the SLM, from the coherent field: exp(−r²/w²), mean square 1.
    double[] expected = new double[2 * rows * cols];
    for (int i = 0; i < rows * cols; i++) {
      double x = Frames.x(i, cols) * Light.PITCH - shiftX;
      double y = Frames.y(i, rows, cols) * Light.PITCH - shiftY;
      expected[2 * i] = Math.exp(-(x * x + y * y) / (waist * waist));
    }
    double rms = Math.sqrt(Diffraction.energy(expected) / (rows * cols));
    for (int i = 0; i < expected.length; i++) {
      expected[i] /= rms;
    }
    String options = "beam.waist=" + waist + shift("x", shiftX) + shift("y", shiftY);
    float[] uniform = Frames.uniform(rows, cols, 1, 0);
    double[] shown = Light.shown(rows, cols, options, uniform);
    Validation profile =
        new Validation(
            "Gaussian illumination",
            "%d×%d, w = %s m, centre (%s, %s) m".formatted(rows, cols, waist, shiftX, shiftY),
            "exp(−r²/w²)/rms, relative error",
            SIEGMAN,
            0,
            Diffraction.relativeError(shown, expected),
            2 * Light.ROUNDING,
            "a product and a transform in float");
    profile.check();
    profile.assertRefuses(
        Diffraction.relativeError(
            Light.shown(rows, cols, "beam.waist=" + waist + shift("x", -shiftX - 8e-6), uniform),
            expected),
        "a beam on the other side of the axis");
    new Validation(
            "Gaussian illumination",
            "%d×%d, w = %s m".formatted(rows, cols, waist),
            "photons on the detector over P·t·λ/(hc)",
            "physics.md, Radiometry",
            1,
            Diffraction.energy(shown) / (rows * cols),
            1e-6,
            "energy in float")
        .check();
  }

  private static String shift(String axis, double metres) {
    return metres == 0 ? "" : "&beam.shift-" + axis + "=" + metres;
  }

  @Test
  void theMeasuredCalibrationDividesTheBeamOut() {
    int n = 32;
    float[] field = Frames.of(n, n, (y, x) -> 0.3 + 0.02 * x, (y, x) -> 0.1 * x * y);
    double[] truth = spectrum("", n, field);
    String beam = "beam.waist=" + 160e-6;
    double known =
        Diffraction.relativeError(spectrum(beam + "&calibration=measured", n, field), truth);
    double unknown = Diffraction.relativeError(spectrum(beam, n, field), truth);
    // The beam is exp(−2·0.64) at the corner, so that a value's rounding grows at most 4-fold.
    Validation calibrated =
        new Validation(
            "Gaussian illumination",
            "w = 160 µm on 32×32 of 8 µm, measured calibration",
            "relative error of the reconstructed transform",
            "physics.md, Detector plane",
            0,
            known,
            8 * Light.ROUNDING,
            "two transforms in float, weights of up to 4");
    calibrated.check();
    calibrated.assertRefuses(unknown, "the nominal calibration");
  }

  private static double[] spectrum(String options, int n, float[] field) {
    try (Light light = Light.coherent(n, n, options)) {
      return Diffraction.widened(
          new FourierTransformer(light.device())
              .forward(new ComplexField(new FrameShape(n, n), field))
              .values());
    }
  }

  @Test
  void aWindowSeesTheMiddleOfTheBeam() {
    int panel = 64;
    int n = 16;
    double w = 20;
    FrameShape window = new FrameShape(n, n);
    double[] shown;
    try (Light light = Light.coherent(panel, panel, "beam.waist=" + w * Light.PITCH)) {
      float[] uniform = Frames.uniform(n, n, 1, 0);
      shown = Diffraction.amplitudes(light.field(window, uniform, 0), n, n);
    }
    double mean = 0;
    for (int i = 0; i < panel; i++) {
      mean += Math.exp(-2 * Math.pow((i - panel / 2) / w, 2)) / panel;
    }
    double[] expected = new double[2 * n * n];
    for (int i = 0; i < n * n; i++) {
      double square = Math.pow(Frames.x(i, n), 2) + Math.pow(Frames.y(i, n, n), 2);
      expected[2 * i] = Math.exp(-square / (w * w)) / mean;
    }
    new Validation(
            "Gaussian illumination",
            "window of 16×16 on 64×64, w = 20 pixels",
            "exp(−r²/w²)/rms of the full panel, relative error",
            SIEGMAN,
            0,
            Diffraction.relativeError(shown, expected),
            2 * Light.ROUNDING,
            "a product and a transform in float")
        .check();
  }
}
