// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fringing field: the drive is blurred by a Gaussian of σ pixels, so that a sinusoidal drive of
 * period Λ keeps e^(−2π²σ²/Λ²) of its depth. A sinusoidal phase of depth m has orders Jn²(m)
 * (Goodman, section 4.4.4).
 */
class FringingValidationTest {
  private static final String GOODMAN = "Goodman, section 4.4.4; physics.md";
  private static final int N = 64;

  /** Efficiencies good to 1e-6 rad of phase in float and a transform good to 4e-7. */
  private static final double TOLERANCE = 3e-6;

  private static double transfer(double sigma, double period) {
    return Math.exp(-2 * Math.pow(Math.PI * sigma / period, 2));
  }

  /** Orders 0, 1 and −1 of a sinusoidal phase about π, which keeps clear of the wrap at 0. */
  private static double[] sinusoidal(double depth, int period, boolean overRows, String options) {
    float[] frame =
        Frames.phase(
            N, N, (y, x) -> Math.PI + depth * Math.sin(2 * Math.PI * (overRows ? y : x) / period));
    double[] pattern = Light.intensity(N, N, options, frame);
    int k = N / period;
    return new double[] {
      Light.share(pattern, N, N, 0, 0),
      Light.share(pattern, N, N, overRows ? k : 0, overRows ? 0 : k),
      Light.share(pattern, N, N, overRows ? -k : 0, overRows ? 0 : -k)
    };
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,16,false,0.585527,0.193645", "1,2,32,true,0.585527,0.193645",
    "1,0.5,16,true,0.585527,0.193645", "0.5,3,32,false,0.880726,0.058694",
    "2,1.5,32,false,0.050127,0.332612", "1,4,16,false,0.585527,0.193645"
  })
  void sinusoidalPhase(
      double left, double sigma, int period, boolean overRows, double zero, double first) {
    // Depth m before the blur, m' = left after it; at 4 pixels of 16 the drive would leave [0, 2π).
    double depth = Math.min(3, left / transfer(sigma, period));
    double blurred = depth * transfer(sigma, period);
    boolean stated = Math.abs(blurred - left) < 1e-12;
    String option = "slm.crosstalk=" + sigma;
    double[] orders = sinusoidal(depth, period, overRows, option);
    double[] sharp = sinusoidal(depth, period, overRows, "");
    double[] doubled = sinusoidal(depth, period, overRows, "slm.crosstalk=" + sigma * 1.41421356);
    for (int i = 0; i < 3; i++) {
      double value = Math.pow(Optics.bessel(Math.min(i, 1), blurred), 2);
      Validation order =
          new Validation(
              "fringing",
              "m = %.6f, σ = %s, Λ = %d pixels over the %s, order %d"
                  .formatted(depth, sigma, period, overRows ? "rows" : "columns", i == 2 ? -1 : i),
              "J%d²(m'), m' = m·e^(−2π²σ²/Λ²) = %.6f".formatted(Math.min(i, 1), blurred),
              GOODMAN,
              stated ? (i == 0 ? zero : first) : value,
              orders[i],
              TOLERANCE,
              "3e-6 for floats");
      order.check();
      order.assertRefuses(sharp[i], "no blur");
      order.assertRefuses(doubled[i], "twice the variance");
    }
  }

  @ParameterizedTest
  @CsvSource({"1,16,false", "2,16,true", "0.7,8,false", "3,64,true"})
  void sinusoidalAmplitude(double sigma, int period, boolean overRows) {
    // ½ + 0.4·cos: the zero order stays, the first orders are (0.2·transfer)².
    double[] pattern =
        Light.intensity(
            N,
            N,
            "slm.crosstalk=" + sigma,
            Frames.amplitude(
                N, N, (y, x) -> 0.5 + 0.4 * Math.cos(2 * Math.PI * (overRows ? y : x) / period)));
    String parameters =
        "amplitude ½ + 0.4cos, σ = %s, Λ = %d over the %s"
            .formatted(sigma, period, overRows ? "rows" : "columns");
    int k = N / period;
    Validation first =
        new Validation(
            "fringing",
            parameters + ", order 1",
            "(0.2·e^(−2π²σ²/Λ²))²",
            GOODMAN,
            Math.pow(0.2 * transfer(sigma, period), 2),
            Light.share(pattern, N, N, overRows ? k : 0, overRows ? 0 : k),
            TOLERANCE / 5,
            "floats, a field of 0.2");
    first.check();
    first.assertRefuses(0.04, "no blur");
    new Validation(
            "fringing",
            parameters + ", order 0",
            "¼: a blur keeps the mean",
            GOODMAN,
            0.25,
            Light.share(pattern, N, N, 0, 0),
            TOLERANCE,
            "floats")
        .check();
  }

  @ParameterizedTest
  @CsvSource({"24,30,0.6", "17,32,1.1", "31,15,2"})
  void anyDrive(int rows, int cols, double sigma) {
    // Amplitude and phase drives blurred each for itself; a sawtooth phase shows the fly-back.
    int n = rows * cols;
    double[] amplitude = new double[n];
    double[] phase = new double[n];
    Frames.Plane a = (y, x) -> 0.5 + 0.4 * Math.sin(0.9 * x - 0.4 * y);
    Frames.Plane p = (y, x) -> 0.1 + 5.9 * Math.floorMod(x + 2 * y, 7) / 7.0;
    for (int i = 0; i < n; i++) {
      amplitude[i] = a.at(Frames.y(i, rows, cols), Frames.x(i, cols));
      phase[i] = p.at(Frames.y(i, rows, cols), Frames.x(i, cols));
    }
    double[] smoothAmplitude = Blur.cyclic(amplitude, rows, cols, sigma);
    double[] smoothPhase = Blur.cyclic(phase, rows, cols, sigma);
    double[] expected = new double[2 * n];
    for (int i = 0; i < n; i++) {
      expected[2 * i] = smoothAmplitude[i] * Math.cos(smoothPhase[i]);
      expected[2 * i + 1] = smoothAmplitude[i] * Math.sin(smoothPhase[i]);
    }
    float[] asked = Frames.of(rows, cols, a, p);
    Validation shown =
        new Validation(
            "fringing",
            "%d×%d, amplitude and sawtooth phase, σ = %s".formatted(rows, cols, sigma),
            "each drive blurred cyclically, relative error",
            "physics.md",
            0,
            Diffraction.relativeError(
                Light.shown(rows, cols, "slm.crosstalk=" + sigma, asked), expected),
            3e-6,
            "phases of up to 2π in float, three transforms");
    shown.check();
    shown.assertRefuses(
        Diffraction.relativeError(Light.shown(rows, cols, "", asked), expected), "no blur");
    shown.assertRefuses(
        Diffraction.relativeError(
            Light.shown(rows, cols, "slm.drive=iq&slm.crosstalk=" + sigma, asked), expected),
        "a blur of the field");
  }

  @Test
  void quadratureDrivesBlurTheField() {
    int rows = 20;
    int cols = 18;
    int n = rows * cols;
    float[] asked = Frames.of(rows, cols, (y, x) -> 0.7, (y, x) -> 0.8 * x - 0.13 * y * y);
    double[] re = new double[n];
    double[] im = new double[n];
    for (int i = 0; i < n; i++) {
      re[i] = asked[2 * i];
      im[i] = asked[2 * i + 1];
    }
    double[] smoothRe = Blur.cyclic(re, rows, cols, 0.8);
    double[] smoothIm = Blur.cyclic(im, rows, cols, 0.8);
    double[] expected = new double[2 * n];
    for (int i = 0; i < n; i++) {
      expected[2 * i] = smoothRe[i];
      expected[2 * i + 1] = smoothIm[i];
    }
    Validation shown =
        new Validation(
            "fringing",
            "slm.drive = iq, σ = 0.8",
            "I and Q blurred cyclically, relative error",
            "physics.md",
            0,
            Diffraction.relativeError(
                Light.shown(rows, cols, "slm.drive=iq&slm.crosstalk=0.8", asked), expected),
            2e-6,
            "three transforms in float");
    shown.check();
    shown.assertRefuses(
        Diffraction.relativeError(Light.shown(rows, cols, "slm.crosstalk=0.8", asked), expected),
        "a blur of amplitude and phase");
  }

  @Test
  void theOrdersOfASampledSinusoidConvergeToBesselFunctions() {
    // Sampled Λ times a period, order 0 is J0 + 2·J_Λ + …, which vanishes faster than any power.
    double depth = 2;
    double before = Double.POSITIVE_INFINITY;
    for (int period : new int[] {2, 4, 8}) {
      double order = sinusoidal(depth, period, false, "")[0];
      double error = Math.abs(order - Math.pow(Optics.bessel(0, depth), 2));
      double last = before;
      assertTrue(error < last / 4, () -> period + " samples: " + error + " after " + last);
      before = error;
    }
  }
}
