// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.ComplexField;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.TransformOptions;
import org.ofp.sim.NaiveDft;

/** Detector pixels are not points: they integrate the field, or its power, over their area. */
class SensorPixelValidationTest {
  private static final String DERIVATION =
      "derivation in docs/PHYSICS.md (convolution theorem); Goodman, section 2.4";

  /** Nodes and weights of Gauss and Legendre over [−½, ½]: exact to degree 31. */
  private static final int NODES = 16;

  /** Amplitude of the neighbour over the centre for a tone on a bin, over the columns. */
  private static double neighbour(int n, double fill) {
    double[] weights = new double[2 * n];
    for (int i = 0; i < n; i++) {
      weights[2 * i] = Optics.sinc(Math.sqrt(fill) * (i - n / 2) / n);
    }
    Diffraction pattern = new Diffraction(weights, 1, n);
    return modulus(pattern.at(0, 1)) / modulus(pattern.at(0, 0));
  }

  private static double modulus(double[] e) {
    return Math.hypot(e[0], e[1]);
  }

  private static double measuredNeighbour(int n, String options) {
    double[] e = Light.field(1, n, options, Frames.uniform(1, n, 1, 0));
    int centre = 2 * (n / 2);
    return Math.hypot(e[centre + 2], e[centre + 3]) / Math.hypot(e[centre], e[centre + 1]);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "32, 1", "32, 0.5", "128, 1", "1024, 1", "4096, 1", "33, 0.8"})
  void aToneOnABinLeaksIntoItsNeighbour(int n, double fill) {
    Validation leak =
        new Validation(
            "pixel integration, coherent",
            "N = " + n + ", F_d = " + fill,
            "Σ sinc(√F_d·n/N)·e^(−2πin/N) / Σ sinc(√F_d·n/N)",
            DERIVATION,
            neighbour(n, fill),
            measuredNeighbour(n, "sensor.fill-factor=" + fill),
            Light.ROUNDING * 2,
            "float transform");
    leak.check();
    leak.assertRefuses(measuredNeighbour(n, "sensor.fill-factor=off"), "point sampling");
  }

  @Test
  void thePublishedLeaks() {
    // physics.md: 8.67 % for N → ∞, 8.69 % at 32; N → ∞ approached with 1/N².
    new Validation(
            "pixel integration, coherent",
            "N = 32, physics.md",
            "8.69 %",
            "physics.md",
            0.0869,
            measuredNeighbour(32, "sensor.fill-factor=1"),
            5e-5,
            "digits of the table")
        .check();
    new Validation(
            "pixel integration, coherent",
            "N = 4096 for N → ∞, physics.md",
            "8.67 %",
            "physics.md",
            0.0867,
            measuredNeighbour(4096, "sensor.fill-factor=1"),
            5e-5,
            "digits of the table")
        .check();
    double limit = limit();
    double coarse = measuredNeighbour(32, "sensor.fill-factor=1") - limit;
    double fine = measuredNeighbour(128, "sensor.fill-factor=1") - limit;
    assertEquals(16, coarse / fine, 1, "convergence: four times the grid, a sixteenth");
  }

  /** ∫sinc(u)·cos(2πu)du / ∫sinc(u)du over [−½, ½]. */
  private static double limit() {
    double[][] rule = gauss();
    double tone = 0;
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      tone += rule[1][i] * Optics.sinc(rule[0][i]) * Math.cos(2 * Math.PI * rule[0][i]);
      sum += rule[1][i] * Optics.sinc(rule[0][i]);
    }
    return tone / sum;
  }

  @ParameterizedTest
  @CsvSource({"coherent, 32, 1", "four-step, 32, 1", "coherent, 33, 0.5", "four-step, 48, 0.8"})
  void theMeasuredCalibrationTakesItOut(String readout, int n, double fill) {
    String options = "&readout=" + readout + "&sensor.fill-factor=" + fill;
    double residual = transformError(n, options + "&calibration=measured");
    Validation validation =
        new Validation(
            "pixel integration, calibrated",
            readout + ", " + n + "×" + n + ", F_d = " + fill,
            "relative error of the transform = 0",
            DERIVATION,
            0,
            residual,
            2e-6,
            "float transform, four-step counts of (|F|+R)²");
    validation.check();
    validation.assertRefuses(transformError(n, options), "the nominal calibration");
  }

  /** ‖F̂ − F‖/‖F‖ of a field at random. */
  private static double transformError(int n, String options) {
    float[] frame = Ghost.frame(n, n);
    try (OpticalFourierDevice device =
        Devices.open("sim:ideal?rows=" + n + "&cols=" + n + options)) {
      float[] spectrum =
          new FourierTransformer(device, TransformOptions.defaults().digitalMean(false))
              .forward(new ComplexField(new FrameShape(n, n), frame))
              .values();
      return Diffraction.relativeError(
          Diffraction.widened(spectrum), NaiveDft.forward(frame, n, n));
    }
  }

  /** Mean over a pixel's light-sensitive square of |E|² (plane 0), Re E and Im E. */
  private static double[][] integrated(float[] frame, int rows, int cols, double fill) {
    Diffraction pattern = new Diffraction(frame, rows, cols);
    double[][] rule = gauss();
    double width = Math.sqrt(fill);
    double[][] planes = new double[3][rows * cols];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        for (int i = 0; i < NODES; i++) {
          for (int j = 0; j < NODES; j++) {
            double[] e =
                pattern.at(r - rows / 2 + width * rule[0][i], c - cols / 2 + width * rule[0][j]);
            double weight = rule[1][i] * rule[1][j];
            planes[0][r * cols + c] += weight * (e[0] * e[0] + e[1] * e[1]);
            planes[1][r * cols + c] += weight * e[0];
            planes[2][r * cols + c] += weight * e[1];
          }
        }
      }
    }
    return planes;
  }

  @ParameterizedTest
  @CsvSource({"12, 10, 1", "7, 9, 1", "8, 8, 0.5", "16, 5, 0.25", "1, 11, 1"})
  void powerAndFieldAreIntegratedOverThePixel(int rows, int cols, double fill) {
    float[] frame = Ghost.frame(rows, cols);
    double[][] truth = integrated(frame, rows, cols, fill);
    String options = "sensor.fill-factor=" + fill;
    String at = rows + "×" + cols + ", F_d = " + fill;
    String origin = "float transform; brute force by 16×16 Gauss nodes per pixel is exact";
    Validation power =
        new Validation(
            "pixel integration of |E|², intensity",
            at,
            "F_d·⟨|E|²⟩ over the pixel: ‖measured − exact‖/‖exact‖ = 0",
            DERIVATION,
            0,
            error(rows, cols, "readout=intensity&" + options, frame, fill, truth, null),
            2e-6,
            origin);
    power.check();
    power.assertRefuses(
        error(rows, cols, "readout=intensity", frame, fill, truth, null), "point sampling");
    for (double theta : new double[] {0, Math.PI / 2, 0.7}) {
      Validation step =
          new Validation(
              "pixel integration of |E|², four-step",
              at + ", θ = " + theta,
              "F_d·⟨|E|² + R² + 2R·Re(E·e^(−iθ))⟩: relative error = 0",
              DERIVATION,
              0,
              error(rows, cols, "readout=four-step&" + options, frame, fill, truth, theta),
              2e-6,
              origin);
      step.check();
      step.assertRefuses(
          error(rows, cols, "readout=four-step", frame, fill, truth, theta), "point sampling");
    }
    double[] e = Light.field(rows, cols, options, frame);
    double[] exact = new double[e.length];
    for (int i = 0; i < rows * cols; i++) {
      exact[2 * i] = fill * truth[1][i];
      exact[2 * i + 1] = fill * truth[2][i];
    }
    new Validation(
            "pixel integration of E, coherent",
            at,
            "F_d·⟨E⟩ over the pixel: relative error = 0",
            DERIVATION,
            0,
            Diffraction.relativeError(e, exact),
            2e-6,
            origin)
        .check();
  }

  /** Relative error of counts against the brute-force integrals; θ null for no reference. */
  private static double error(
      int rows,
      int cols,
      String options,
      float[] frame,
      double fill,
      double[][] truth,
      Double theta) {
    double[] exact = new double[rows * cols];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = truth[0][i];
      if (theta != null) {
        exact[i] += 1 + 2 * (Math.cos(theta) * truth[1][i] + Math.sin(theta) * truth[2][i]);
      }
    }
    try (Sensed bench = new Sensed(rows, cols, options)) {
      boolean points = !options.contains("fill-factor");
      double exposure = bench.photon() / (points ? 1 : fill);
      Readout readout =
          theta == null ? Readout.plain(exposure) : Readout.withReference(exposure, theta);
      return Diffraction.relativeError(bench.show(frame, 1).read(readout), exact);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 11})
  void samplesAtHalfThePitchHoldAllOfThePower(int n) {
    // |E|² is a trigonometric polynomial of degree N−1 in x/N, which 2N samples determine: its
    // Fourier coefficients from them, times sinc(m/N), are the integral over the pixel, exactly.
    float[] frame = Ghost.frame(1, n);
    Diffraction pattern = new Diffraction(frame, 1, n);
    double[] truth = integrated(frame, 1, n, 1)[0];
    double[] half = fromSamples(pattern, n, 2 * n);
    double[] full = fromSamples(pattern, n, n);
    double worst = 0;
    double aliased = 0;
    for (int k = 0; k < n; k++) {
      worst = Math.max(worst, Math.abs(half[k] - truth[k]));
      aliased = Math.max(aliased, Math.abs(full[k] - truth[k]));
    }
    Validation exact =
        new Validation(
            "pixel integration: half-pitch sampling",
            "N = " + n,
            "max |∫|E|² from 2N samples − ∫|E|²| = 0",
            "Nyquist; |E|² has twice the bandwidth of E",
            0,
            worst,
            1e-12,
            "double precision");
    exact.check();
    exact.assertRefuses(aliased, "samples at the full pitch");
  }

  /** Pixel means of |E|² from evenly spaced samples, by their Fourier coefficients. */
  private static double[] fromSamples(Diffraction pattern, int n, int samples) {
    double[] means = new double[n];
    int top = (samples - 1) / 2;
    for (int m = -top; m <= top; m++) {
      double re = 0;
      double im = 0;
      for (int s = 0; s < samples; s++) {
        double x = (double) s * n / samples;
        double[] e = pattern.at(0, x);
        double power = (e[0] * e[0] + e[1] * e[1]) / samples;
        re += power * Math.cos(2 * Math.PI * m * x / n);
        im -= power * Math.sin(2 * Math.PI * m * x / n);
      }
      double weight = Optics.sinc((double) m / n);
      for (int k = 0; k < n; k++) {
        double angle = 2 * Math.PI * m * (k - n / 2) / n;
        means[k] += weight * (re * Math.cos(angle) - im * Math.sin(angle));
      }
    }
    return means;
  }

  @Test
  void pixelsThatTileTheDetectorCatchAllOfTheLight() {
    float[] frame = Ghost.frame(24, 18);
    try (Sensed bench = new Sensed(24, 18, "readout=intensity&sensor.fill-factor=1")) {
      double[] counts = bench.show(frame, 1).read(Readout.plain(bench.photon()));
      double energy = Diffraction.energy(Diffraction.widened(frame));
      new Validation(
              "pixel integration: energy",
              "24×18, F_d = 1",
              "Σ∫|E|² = Σ|a|²",
              "Parseval",
              energy,
              Sample.mean(counts) * counts.length,
              1e-6 * energy,
              "float transform")
          .check();
    }
    assertTrue(Math.abs(limit() - 0.0867) < 5e-5, "the premise of the rule");
  }

  /** Gauss–Legendre nodes and weights over [−½, ½], by Newton's method on P₁₆. */
  private static double[][] gauss() {
    double[][] rule = new double[2][NODES];
    for (int i = 0; i < NODES; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5));
      double slope = 1;
      for (int step = 0; step < 50; step++) {
        double before = 1;
        double now = x;
        for (int k = 2; k <= NODES; k++) {
          double next = ((2 * k - 1) * x * now - (k - 1) * before) / k;
          before = now;
          now = next;
        }
        slope = NODES * (x * now - before) / (x * x - 1);
        x -= now / slope;
      }
      rule[0][i] = x / 2;
      rule[1][i] = 1 / ((1 - x * x) * slope * slope);
    }
    return rule;
  }
}
