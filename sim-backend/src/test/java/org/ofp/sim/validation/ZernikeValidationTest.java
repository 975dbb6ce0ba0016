// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Aberrations by Zernike terms. The phase over the pupil is taken from the field at the detector,
 * transformed back in double precision.
 */
class ZernikeValidationTest {
  private static final String OSA =
      "Thibos et al., J. Refract. Surg. 18 (2002), table 3; ANSI Z80.28";
  private static final int TERMS = 28;
  private static final double S = 0.1;

  /** What a grid of n pixels shows of a term on a round pupil of 7/8 of it: phases and weights. */
  private static final class Pupil {
    private final double[] phase;
    private final double[] weight;

    private Pupil(double[] phase, double[] weight) {
      this.phase = phase;
      this.weight = weight;
    }

    static Pupil of(int n, String aberration) {
      String options = "lens.pupil=" + 0.875 * n * Light.PITCH;
      double[] shown = Light.shown(n, n, options + "&" + aberration, Frames.uniform(n, n, 1, 0));
      double[] phase = new double[n * n];
      double[] weight = new double[n * n];
      for (int i = 0; i < n * n; i++) {
        weight[i] = Math.hypot(shown[2 * i], shown[2 * i + 1]);
        phase[i] = weight[i] < 1e-3 ? 0 : Math.atan2(shown[2 * i + 1], shown[2 * i]);
      }
      return new Pupil(phase, weight);
    }

    double inner(Pupil other) {
      double sum = 0;
      double area = 0;
      for (int i = 0; i < phase.length; i++) {
        sum += weight[i] * phase[i] * other.phase[i];
        area += weight[i];
      }
      return sum / area;
    }
  }

  static IntStream terms() {
    return IntStream.range(0, TERMS);
  }

  /** The first polynomials as they are printed, x over the columns and y over the rows. */
  private static double printed(int j, double x, double y) {
    double r2 = x * x + y * y;
    return switch (j) {
      case 0 -> 1;
      case 1 -> 2 * y;
      case 2 -> 2 * x;
      case 3 -> 2 * Math.sqrt(6) * x * y;
      case 4 -> Math.sqrt(3) * (2 * r2 - 1);
      case 5 -> Math.sqrt(6) * (x * x - y * y);
      case 6 -> Math.sqrt(8) * (3 * x * x * y - y * y * y);
      case 7 -> Math.sqrt(8) * (3 * r2 - 2) * y;
      case 8 -> Math.sqrt(8) * (3 * r2 - 2) * x;
      case 9 -> Math.sqrt(8) * (x * x * x - 3 * x * y * y);
      case 10 -> Math.sqrt(10) * 4 * x * y * (x * x - y * y);
      case 11 -> Math.sqrt(10) * (4 * r2 - 3) * 2 * x * y;
      case 12 -> Math.sqrt(5) * (6 * r2 * r2 - 6 * r2 + 1);
      case 13 -> Math.sqrt(10) * (4 * r2 - 3) * (x * x - y * y);
      case 14 -> Math.sqrt(10) * (x * x * x * x - 6 * x * x * y * y + y * y * y * y);
      case 24 -> Math.sqrt(7) * (20 * r2 * r2 * r2 - 30 * r2 * r2 + 12 * r2 - 1);
      default -> throw new IllegalArgumentException("term " + j);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 24})
  void polynomialsAsPrinted(int j) {
    int rows = 24;
    int cols = 30;
    double radius = Math.hypot(rows, cols) / 2;
    for (String way : new String[] {"lens.zernike.%d=%s", "slm.wavefront=%d:%s"}) {
      double[] shown =
          Light.shown(rows, cols, way.formatted(j, S), Frames.uniform(rows, cols, 1, 0));
      double[] mirrored = new double[shown.length];
      double[] expected = new double[shown.length];
      for (int i = 0; i < rows * cols; i++) {
        double x = Frames.x(i, cols) / radius;
        double y = Frames.y(i, rows, cols) / radius;
        expected[2 * i] = Math.cos(S * printed(j, x, y));
        expected[2 * i + 1] = Math.sin(S * printed(j, x, y));
        mirrored[2 * i] = expected[2 * i];
        mirrored[2 * i + 1] = -expected[2 * i + 1];
      }
      Validation found =
          new Validation(
              "Zernike terms",
              "24×30, " + way.formatted(j, S),
              "exp(i·s·Z(x, y)) over the frame, relative error",
              OSA,
              0,
              Diffraction.relativeError(shown, expected),
              1e-6,
              "phases and a transform in float");
      found.check();
      found.assertRefuses(Diffraction.relativeError(mirrored, expected), "the other sign");
      if (j > 0) {
        found.assertRefuses(
            Diffraction.relativeError(
                Light.shown(
                    rows,
                    cols,
                    way.formatted(j == 1 ? 2 : j - 1, S),
                    Frames.uniform(rows, cols, 1, 0)),
                expected),
            "the neighbouring index");
      }
    }
  }

  /**
   * D² times the relative change of ⟨Z²⟩ when the disc is blurred by a pixel of 2/D: {@code
   * (1/24)(2/D)²⟨∇²Z²⟩} with {@code ⟨∇²Z²⟩ = 4·mean(Z·∂Z/∂ρ)} at the rim, where the mean of Z² is
   * n+1 and R′/R is (n(n+2)−m²)/2.
   */
  private static double widening(int j) {
    int n = 0;
    while ((n + 1) * (n + 2) / 2 <= j) {
      n++;
    }
    int m = 2 * j - n * (n + 2);
    return (n + 1) * (n * (n + 2) - m * m) / 3.0;
  }

  @ParameterizedTest
  @MethodSource("terms")
  void rmsOverThePupil(int j) {
    double before = 0;
    for (int grid : new int[] {64, 128}) {
      int diameter = grid * 7 / 8;
      Pupil pupil = Pupil.of(grid, "lens.zernike.%d=%s".formatted(j, S));
      double rms = Math.sqrt(pupil.inner(pupil));
      Validation found =
          new Validation(
              "Zernike terms",
              "lens.zernike.%d = %s, D = %d pixels".formatted(j, S, diameter),
              "RMS over the pupil is s",
              OSA,
              S,
              rms,
              S * widening(j) / 2 / diameter / diameter * (1 + 4 / Math.sqrt(diameter)) + 1e-6,
              "(n+1)(n(n+2)−m²)/(6D²) for a disc of pixels; orders repeated by sampling as"
                  + " D^(−5/2); 1e-6 for floats");
      found.check();
      Pupil wrong = Pupil.of(grid, "lens.zernike.%d=%s".formatted(j, 1.3 * S));
      found.assertRefuses(Math.sqrt(wrong.inner(wrong)), "a term of another normalisation");
      double error = Math.abs(rms - S);
      double last = before;
      assertTrue(
          grid == 64 || error <= last / 2 + 1e-6,
          () -> "grid " + grid + ": " + error + " after " + last);
      before = error;
    }
  }

  @Test
  void orthogonality() {
    double[] worst = new double[2];
    int[] grids = {64, 128};
    for (int g = 0; g < 2; g++) {
      Pupil[] pupils = new Pupil[TERMS];
      for (int j = 0; j < TERMS; j++) {
        pupils[j] = Pupil.of(grids[g], "lens.zernike.%d=%s".formatted(j, S));
      }
      for (int i = 0; i < TERMS; i++) {
        for (int j = 0; j < i; j++) {
          worst[g] = Math.max(worst[g], Math.abs(pupils[i].inner(pupils[j])) / (S * S));
        }
      }
      int diameter = grids[g] * 7 / 8;
      Validation found =
          new Validation(
              "Zernike terms",
              "all pairs of 28 terms, D = " + diameter + " pixels",
              "largest inner product of two terms over s²",
              OSA,
              0,
              worst[g],
              widening(24) / diameter / diameter,
              "(n+1)(n(n+2)−m²)/(3D²) for a disc of pixels, n = 6, m = 0");
      found.check();
      found.assertRefuses(pupils[4].inner(pupils[4]) / (S * S), "the same term twice");
    }
    assertTrue(worst[1] < worst[0] / 2, () -> worst[1] + " after " + worst[0]);
  }

  @ParameterizedTest
  @MethodSource("terms")
  void marechal(int j) {
    // |⟨exp(iφ)⟩| ≥ ⟨cos φ⟩ ≥ 1 − s²/2 for ⟨φ²⟩ = s² (Born and Wolf, section 9.1.3); from above,
    // cos φ ≤ 1 − φ²/2 + φ⁴/24 and the square of ⟨sin φ⟩, which is ⟨φ³⟩/6, with |Z| ≤ √14 here:
    // the ratio exceeds exp(−s²) by at most s⁴·14/12 + s⁶·14/36.
    int n = 128;
    String pupil = "lens.pupil=" + 0.875 * n * Light.PITCH;
    float[] uniform = Frames.uniform(n, n, 1, 0);
    double perfect = Light.share(Light.intensity(n, n, pupil, uniform), n, n, 0, 0);
    for (double s : new double[] {0.05, 0.1, 0.3}) {
      double strehl =
          Light.share(
                  Light.intensity(n, n, pupil + "&lens.zernike.%d=%s".formatted(j, s), uniform),
                  n,
                  n,
                  0,
                  0)
              / perfect;
      double grid = widening(24) * s * s / (112.0 * 112.0) + 2e-6;
      double s4 = Math.pow(s, 4);
      Validation found =
          new Validation(
              "Maréchal approximation",
              "lens.zernike.%d = %s".formatted(j, s),
              j == 0 ? "1: a piston aberrates nothing" : "exp(−s²)",
              "Born and Wolf, Principles of Optics, section 9.1.3",
              j == 0 ? 1 : Math.exp(-s * s),
              strehl,
              (j == 0 ? 0 : 14 / 12.0 * s4 + 14 / 36.0 * s4 * s * s) + grid,
              "⟨φ⁴⟩ ≤ 14s⁴, ⟨φ³⟩² ≤ 14s⁶, and the grid");
      found.check();
      assertTrue(strehl >= Math.pow(1 - s * s / 2, 2) - grid, () -> "s = " + s + ": " + strehl);
      if (j > 0) {
        found.assertRefuses(1, "no aberration");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2,1", "2,-3.5", "1,2", "1,-4.25"})
  void tiltTermsMoveTheSpot(int j, double pixels) {
    // s·2x/(D/2) is 2πkx/(N·dx) for k = 2sN·dx/(πD) detector pixels. A Gaussian spot within a pupil
    // that circumscribes the frame, D = √2·N·dx.
    int n = 64;
    double s = pixels * Math.PI / Math.sqrt(2);
    float[] gaussian = Frames.amplitude(n, n, (y, x) -> Math.exp(-(x * x + y * y) / 80.0));
    double[] spot = Light.intensity(n, n, "lens.zernike.%d=%s".formatted(j, s), gaussian);
    double along = j == 2 ? Spots.column(spot, n, n) : Spots.row(spot, n, n);
    double across = j == 2 ? Spots.row(spot, n, n) : Spots.column(spot, n, n);
    String parameters = "lens.zernike.%d = %.6f".formatted(j, s);
    Validation moved =
        new Validation(
            "Zernike terms",
            parameters,
            "a tilt of s rad RMS moves the spot by 2sN·dx/(πD) detector pixels",
            OSA,
            pixels,
            along,
            1e-5,
            "phases in float, 64/2π pixels per radian");
    moved.check();
    moved.assertRefuses(across, "the other axis");
    moved.assertRefuses(-along, "the other direction");
    new Validation(
            "Zernike terms",
            parameters + ", across",
            "no movement across the tilt",
            OSA,
            0,
            across,
            1e-5,
            "phases in float, 64/2π pixels per radian")
        .check();
  }
}
