// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.ComplexField;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.Options;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.BenchProfile;

/** The scale of the transform, its energy, and what tilts and shifts do. */
class TransformScaleValidationTest {
  private static final String GOODMAN = "Goodman, Introduction to Fourier Optics, section 5.2";

  private static float[] random(int rows, int cols, long seed) {
    Random random = new Random(seed);
    return Frames.of(
        rows, cols, (y, x) -> random.nextDouble(), (y, x) -> 2 * Math.PI * random.nextDouble());
  }

  /** Detector pixels from the axis to the brightest pixel of a single row. */
  private static int spot(int cols, float[] frame) {
    double[] intensity = Light.intensity(1, cols, "", frame);
    int brightest = 0;
    for (int i = 0; i < cols; i++) {
      brightest = intensity[i] > intensity[brightest] ? i : brightest;
    }
    return brightest - cols / 2;
  }

  @ParameterizedTest
  @CsvSource({
    "633e-9,0.1,1024,8e-6,7.72705e-6",
    "633e-9,0.1,1024,16e-6,3.86353e-6",
    "1064e-9,0.25,512,8e-6,6.49414e-5",
    "532e-9,0.05,256,3.74e-6,2.77824e-5"
  })
  void theDetectorsPitch(
      double wavelength, double focalLength, int n, double pitch, double expected) {
    // A grating of ν lines per metre sends its light to x = λfν; 96 lines over the modulator.
    double lines = 96 / (n * pitch);
    double pixels =
        spot(
            n,
            Frames.phase(1, n, (y, x) -> 2 * Math.PI * Math.IEEEremainder(lines * pitch * x, 1)));
    BenchParameters bench =
        BenchParameters.of(
            new Options(
                BenchProfile.of("ideal").options(),
                Map.of(
                    "wavelength", wavelength + "",
                    "focal-length", focalLength + "",
                    "pitch", pitch + "")));
    Validation found =
        new Validation(
            "scaled transform",
            "λ = %s m, f = %s m, N = %d, dx = %s m".formatted(wavelength, focalLength, n, pitch),
            "λf/(N·dx)",
            GOODMAN,
            expected,
            wavelength * focalLength * lines / pixels,
            1e-5 * expected,
            "the value is stated to six digits");
    found.check();
    double halfAsMany =
        spot(2 * n, Frames.phase(1, 2 * n, (y, x) -> 2 * Math.PI * lines * pitch * x));
    found.assertRefuses(wavelength * focalLength * lines / halfAsMany, "a modulator twice as wide");
    new Validation(
            "scaled transform",
            "the bench's own figure, N = " + n,
            "λf/(N·dx)",
            GOODMAN,
            wavelength * focalLength / (n * pitch),
            bench.detectorPitch(n),
            1e-14 * expected,
            "a handful of roundings of doubles, 1e-16 each")
        .check();
  }

  @ParameterizedTest
  @CsvSource({"32,32,8e-6", "24,40,16e-6", "17,29,3.74e-6"})
  void energyInDouble(int rows, int cols, double pitch) {
    // The kernels transform in float only, so the definition itself, in double, stands for them;
    // the float path is compared with it, value by value, and in energyThroughTheDevice.
    double lambdaF = Light.WAVELENGTH * Light.FOCAL_LENGTH;
    float[] frame = random(rows, cols, 41);
    double[] unitary = new Diffraction(frame, rows, cols).field();
    double scale = pitch * pitch / lambdaF * Math.sqrt((double) rows * cols);
    double in = Diffraction.energy(Diffraction.widened(frame)) * pitch * pitch;
    double out = Diffraction.energy(unitary) * scale * scale;
    double areaOut = lambdaF / (rows * pitch) * lambdaF / (cols * pitch);
    Validation parseval =
        new Validation(
            "Parseval, in double",
            rows + "×" + cols + ", dx = " + pitch + " m",
            "Σ|E_out|²dx_out² / Σ|E_in|²dx²",
            GOODMAN,
            1,
            out * areaOut / in,
            1e-12,
            "stated; 2(R+C) roundings of 1e-16, at random");
    parseval.check();
    parseval.assertRefuses(out * 4 * areaOut / in, "a pitch of λf/(N·dx/2)");
    double error =
        Diffraction.relativeError(Light.field(rows, cols, "pitch=" + pitch, frame), unitary);
    assertTrue(error <= Light.ROUNDING, () -> "the device's field is off by " + error);
  }

  @ParameterizedTest
  @CsvSource({"64,64", "33,40", "128,96", "11,11"})
  void energyThroughTheDevice(int rows, int cols) {
    float[] frame = random(rows, cols, 42);
    double in = Diffraction.energy(Diffraction.widened(frame));
    String size = rows + "×" + cols;
    Validation raw =
        new Validation(
            "Parseval, in float",
            size + ", raw field",
            "Σ|F|² / Σ|a|²",
            GOODMAN,
            1,
            Diffraction.energy(Light.field(rows, cols, "", frame)) / in,
            1e-5,
            "stated");
    raw.check();
    String pupil = "lens.pupil=" + 0.9 * Light.PITCH * Math.min(rows, cols);
    raw.assertRefuses(
        Diffraction.energy(Light.field(rows, cols, pupil, frame)) / in, "a lens that vignettes");
    try (Light light = Light.coherent(rows, cols, "")) {
      ComplexField spectrum =
          new FourierTransformer(light.device())
              .forward(new ComplexField(new FrameShape(rows, cols), frame));
      new Validation(
              "Parseval, in float",
              size + ", reconstructed field",
              "Σ|F|² / Σ|a|²",
              GOODMAN,
              1,
              Diffraction.energy(Diffraction.widened(spectrum.values())) / in,
              1e-5,
              "stated")
          .check();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -1, 2, 7, -13, 0.5, 2.25})
  void aTiltOfOneWaveMovesTheSpotByOnePixel(double waves) {
    // On a Gaussian pupil, so that the spot's first circular moment is its place exactly.
    int n = 64;
    double moved =
        Spots.column(
            Light.intensity(
                n,
                n,
                "",
                Frames.of(
                    n,
                    n,
                    (y, x) -> Math.exp(-(x * x + y * y) / 100.0),
                    (y, x) -> 2 * Math.PI * waves * x / n)),
            n,
            n);
    Validation shift =
        new Validation(
            "tilt",
            "%s waves across D = N·dx".formatted(waves),
            "λf/D per wave, in detector pixels",
            GOODMAN,
            waves,
            moved,
            1e-5,
            "phases in float are off by 5e-7 rad, 64/2π pixels per radian");
    shift.check();
    shift.assertRefuses(-moved, "a tilt of the other sign");
  }

  @Test
  void aShiftOfTheInputChangesPhasesOnly() {
    int n = 48;
    for (int[] by : new int[][] {{5, -7}, {0, 3}, {-12, 0}}) {
      Frames.Plane blob = (y, x) -> Math.abs(x) < 9 && Math.abs(y) < 6 ? 0.5 + 0.05 * x : 0;
      double[] before = Light.field(n, n, "", Frames.amplitude(n, n, blob));
      double[] after =
          Light.field(n, n, "", Frames.amplitude(n, n, (y, x) -> blob.at(y - by[0], x - by[1])));
      double[] turned = new double[before.length];
      double power = 0;
      for (int i = 0; i < n * n; i++) {
        double angle = -2 * Math.PI * (Frames.y(i, n, n) * by[0] + Frames.x(i, n) * by[1]) / n;
        double re = before[2 * i];
        double im = before[2 * i + 1];
        turned[2 * i] = re * Math.cos(angle) - im * Math.sin(angle);
        turned[2 * i + 1] = re * Math.sin(angle) + im * Math.cos(angle);
        power =
            Math.max(
                power, Math.abs(Math.hypot(re, im) - Math.hypot(after[2 * i], after[2 * i + 1])));
      }
      String parameters = "by %d rows and %d columns".formatted(by[0], by[1]);
      Validation ramp =
          new Validation(
              "input shift",
              parameters,
              "field · exp(−2πi(y·Δr/R + x·Δc/C)), relative error",
              GOODMAN,
              0,
              Diffraction.relativeError(after, turned),
              2 * Light.ROUNDING,
              "two transforms in float");
      ramp.check();
      ramp.assertRefuses(Diffraction.relativeError(after, before), "a phase that stays");
      double norm = Math.sqrt(Diffraction.energy(before));
      new Validation(
              "input shift",
              parameters,
              "largest change of |E| over the frame's norm",
              GOODMAN,
              0,
              power / norm,
              2 * Light.ROUNDING,
              "two transforms in float")
          .check();
    }
  }
}
