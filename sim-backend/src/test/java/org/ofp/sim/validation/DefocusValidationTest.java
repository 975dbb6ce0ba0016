// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Defocus of a circular pupil: its Strehl ratio is [sin(√3s)/(√3s)]² for s radians RMS, the mean of
 * exp(is√3(2ρ²−1)) over the disc (Mahajan, Optical Imaging and Aberrations II, section 2.4).
 *
 * <p>On a grid the disc is blurred by a pixel, which adds 8/D² to the variance of ρ², relatively;
 * the ratio depends on s² with a slope of at most 1, so it is off by up to 8s²/D². The orders that
 * sampling repeats add terms in D^(−5/2).
 */
class DefocusValidationTest {
  private static final String MAHAJAN = "Mahajan, Optical Imaging and Aberrations II, section 2.4";
  private static final int N = 256;
  private static final int DIAMETER = 224;

  /** On-axis intensity over that without aberration, uniform light through a round pupil. */
  private static double strehl(int n, int diameter, String aberration) {
    float[] uniform = Frames.uniform(n, n, 1, 0);
    return strehl(n, diameter, aberration, uniform, uniform);
  }

  private static double strehl(
      int n, int diameter, String aberration, float[] frame, float[] perfect) {
    String pupil = "lens.pupil=" + diameter * Light.PITCH;
    double aberrated = axis(n, pupil + (aberration.isEmpty() ? "" : "&" + aberration), frame);
    return aberrated / axis(n, pupil, perfect);
  }

  private static double axis(int n, String options, float[] frame) {
    return Light.share(Light.intensity(n, n, options, frame), n, n, 0, 0);
  }

  /** The displacement that gives s radians RMS: W20 = Δz·D²/8f², s = W20·2π/λ/(2√3). */
  private static double displacement(double s, double diameter) {
    double w20 = s * 2 * Math.sqrt(3) * Light.WAVELENGTH / (2 * Math.PI);
    return w20 * 8 * Light.FOCAL_LENGTH * Light.FOCAL_LENGTH / (diameter * diameter);
  }

  private static double tolerance(double s, int diameter) {
    return 8 * s * s / diameter / diameter * (1 + 4 / Math.sqrt(diameter)) + 2e-6;
  }

  @ParameterizedTest
  @CsvSource({
    "0.25,0.939042",
    "0.5,0.773704",
    "0.1,0.990036",
    "1,0.324758",
    "1.5,0.039508",
    "-0.5,0.773704"
  })
  void strehl(double s, double expected) {
    String pupil = "D = " + DIAMETER + " pixels, ";
    String origin = "8s²/D² for the grid, 2e-6 for floats and the digits stated";
    double displacement = displacement(s, DIAMETER * Light.PITCH);
    String[] ways = {"lens.zernike.4=" + s, "slm.wavefront=4:" + s, "lens.defocus=" + displacement};
    for (String way : ways) {
      Validation found =
          new Validation(
              "defocus Strehl",
              pupil + way,
              "[sin(√3s)/(√3s)]², s = " + s,
              MAHAJAN,
              expected,
              strehl(N, DIAMETER, way),
              tolerance(s, DIAMETER),
              origin);
      found.check();
      found.assertRefuses(strehl(N, DIAMETER, ""), "no aberration");
      found.assertRefuses(
          strehl(N, DIAMETER, "lens.zernike.4=" + s / Math.sqrt(3)),
          "a term normalised to a peak of √3 less");
    }
  }

  @Test
  void statedValuesAreTheFormula() {
    for (double[] row : new double[][] {{0.25, 0.939042}, {0.5, 0.773704}}) {
      double formula = Optics.defocusStrehl(row[0]);
      new Validation(
              "defocus Strehl",
              "s = " + row[0],
              "[sin(√3s)/(√3s)]²",
              MAHAJAN,
              row[1],
              formula,
              5e-7,
              "the value is stated to six digits")
          .check();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 1})
  void theErrorShrinksWithTheGrid(double s) {
    double before = Double.POSITIVE_INFINITY;
    for (int n : new int[] {32, 64, 128, 256}) {
      double error =
          Math.abs(strehl(n, n * 7 / 8, "lens.zernike.4=" + s) - Optics.defocusStrehl(s));
      double last = before;
      // Second order: a quarter per doubling, 10 % for the next order.
      assertTrue(error < last * 0.275, () -> "n = " + n + ": " + error + " after " + last);
      before = error;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, -2})
  void defocusTermDisplacementAndDisplayedLensAreOne(double s) {
    // −πΔz·r²/(λf²) is −(2π/λ)·W20·ρ² = −s√3(2ρ²−1) but for a constant: Δz > 0 undoes Z4 > 0, and a
    // displayed +πΔz·r²/(λf²) undoes Δz.
    int n = 128;
    int diameter = 112;
    double displacement = displacement(s, diameter * Light.PITCH);
    double perMetre =
        Math.PI * displacement / (Light.WAVELENGTH * Light.FOCAL_LENGTH * Light.FOCAL_LENGTH);
    double perPixel = perMetre * Light.PITCH * Light.PITCH;
    float[] uniform = Frames.uniform(n, n, 1, 0);
    float[] lens = Frames.phase(n, n, (y, x) -> perPixel * (x * x + y * y));
    Validation term =
        new Validation(
            "defocus",
            "Δz = %.6g m with lens.zernike.4 = %s".formatted(displacement, s),
            "Strehl ratio when the two cancel",
            "W20 = Δz·D²/8f²; Goodman, section 6.4.4",
            1,
            strehl(n, diameter, "lens.defocus=" + displacement + "&lens.zernike.4=" + s),
            2e-6,
            "phases in float are off by 1e-6 rad at most");
    term.check();
    term.assertRefuses(
        strehl(n, diameter, "lens.defocus=" + -displacement + "&lens.zernike.4=" + s),
        "the other sign");
    Validation displayed =
        new Validation(
            "defocus",
            "Δz = %.6g m with a displayed lens".formatted(displacement),
            "Strehl ratio when the two cancel",
            "phase −πΔz·r²/(λf²)",
            1,
            strehl(n, diameter, "lens.defocus=" + displacement, lens, uniform),
            2e-6,
            "phases in float are off by 1e-6 rad at most");
    displayed.check();
    displayed.assertRefuses(
        strehl(n, diameter, "lens.defocus=" + -displacement, lens, uniform), "the other sign");
  }

  @ParameterizedTest
  @CsvSource({"633e-9,0.1,8e-6", "1064e-9,0.1,8e-6", "633e-9,0.2,8e-6", "532e-9,0.05,12e-6"})
  void displacementScalesWithWavelengthFocalLengthAndPitch(
      double wavelength, double focalLength, double pitch) {
    int n = 128;
    double s = 0.5;
    double diameter = 112 * pitch;
    double displacement =
        8
            * focalLength
            * focalLength
            / (diameter * diameter)
            * s
            * Math.sqrt(3)
            * wavelength
            / Math.PI;
    String bench =
        "wavelength=%s&focal-length=%s&pitch=%s&lens.pupil=%s"
            .formatted(wavelength, focalLength, pitch, diameter);
    float[] uniform = Frames.uniform(n, n, 1, 0);
    double perfect = axis(n, bench, uniform);
    Validation found =
        new Validation(
            "defocus",
            "λ = %s m, f = %s m, dx = %s m, Δz = %.6g m"
                .formatted(wavelength, focalLength, pitch, displacement),
            "[sin(√3s)/(√3s)]² with s = (2π/λ)·Δz·D²/(8f²)/(2√3) = 0.5",
            MAHAJAN,
            0.773704,
            axis(n, bench + "&lens.defocus=" + displacement, uniform) / perfect,
            tolerance(s, 112),
            "8s²/D² for the grid, 2e-6 for floats");
    found.check();
    found.assertRefuses(
        axis(n, bench + "&lens.defocus=" + displacement / 2, uniform) / perfect,
        "W20 = Δz·D²/16f²");
  }

  @Test
  void withoutADiameterThePupilCircumscribesTheFrame() {
    int rows = 48;
    int cols = 64;
    double s = 0.7;
    double re = 0;
    double im = 0;
    for (int i = 0; i < rows * cols; i++) {
      double square = Math.pow(Frames.y(i, rows, cols), 2) + Math.pow(Frames.x(i, cols), 2);
      double rho2 = 4 * square / (rows * rows + cols * cols);
      re += Math.cos(s * Math.sqrt(3) * (2 * rho2 - 1));
      im += Math.sin(s * Math.sqrt(3) * (2 * rho2 - 1));
    }
    double expected = (re * re + im * im) / Math.pow(rows * cols, 2);
    float[] uniform = Frames.uniform(rows, cols, 1, 0);
    for (String way : new String[] {"lens.zernike.4=" + s, "slm.wavefront=4:" + s}) {
      Validation found =
          new Validation(
              "defocus",
              "48×64, no pupil given, " + way,
              "|mean of exp(is√3(2ρ²−1))|² with D = dx·√(R²+C²)",
              "architecture of the bench, physics.md",
              expected,
              Light.share(Light.intensity(rows, cols, way, uniform), rows, cols, 0, 0),
              2e-6,
              "phases in float");
      found.check();
      found.assertRefuses(
          Light.share(
              Light.intensity(rows, cols, way + "&lens.pupil=" + 64 * Light.PITCH, uniform),
              rows,
              cols,
              0,
              0),
          "a pupil as wide as the frame");
    }
  }
}
