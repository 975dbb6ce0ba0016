// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A circular aperture of D pixels, and the Airy pattern that it makes (Goodman, section 4.4.2): as
 * a displayed disc whose edge pixels are weighted with the area covered, and as the lens's pupil.
 *
 * <p>Weighting by area is the disc blurred by a square pixel. Its pattern is the Airy pattern times
 * the pixel's envelope sinc(x/N)·sinc(y/N), which moves no zero, plus the orders that sampling
 * repeats at a distance of N.
 */
class AiryValidationTest {
  private static final String GOODMAN = "Goodman, Introduction to Fourier Optics, section 4.4.2";

  /** Detector pixels per λf/D. */
  private static final int OVERSAMPLING = 8;

  /** FWHM in λf/D: twice the root of 2J1(πx)/(πx) = 1/√2. */
  private static final double FWHM = 1.0289940;

  /** 1 − J0²(πx) at the first zero of J1. */
  private static final double ENCIRCLED = 0.8377850;

  /** The real field along the row through the axis and the intensities of the whole pattern. */
  private static final class Pattern {
    private final int diameter;
    private final double[] field;
    private final double[] intensity;

    private Pattern(int diameter, double[] field, double[] intensity) {
      this.diameter = diameter;
      this.field = field;
      this.intensity = intensity;
    }

    static Pattern of(double diameter, boolean asPupil) {
      int nominal = (int) Math.round(diameter);
      int n = OVERSAMPLING * nominal;
      double[] e =
          asPupil
              ? Light.field(
                  n, n, "lens.pupil=" + diameter * Light.PITCH, Frames.uniform(n, n, 1, 0))
              : Light.field(
                  n, n, "", Frames.amplitude(n, n, (y, x) -> Optics.coverage(y, x, diameter / 2)));
      double[] field = new double[n / 2];
      for (int x = 0; x < n / 2; x++) {
        field[x] = -e[2 * (n / 2 * n + n / 2 + x) + 1]; // 1/i turns a real field into −i
      }
      double[] intensity = new double[n * n];
      for (int i = 0; i < intensity.length; i++) {
        intensity[i] = e[2 * i] * e[2 * i] + e[2 * i + 1] * e[2 * i + 1];
      }
      return new Pattern(nominal, field, intensity);
    }

    /** Where the field along the row falls to a level, in λf/D. */
    double crossing(double level, double from, double to) {
      return Optics.root(
              x -> Optics.interpolate(field, x) - level, from * OVERSAMPLING, to * OVERSAMPLING)
          / OVERSAMPLING;
    }

    double zero(int ring) {
      return crossing(0, Optics.AIRY_ZEROS[ring] - 0.25, Optics.AIRY_ZEROS[ring] + 0.25);
    }

    double fwhm() {
      return 2 * crossing(field[0] / Math.sqrt(2), 0.1, 1);
    }

    /** Share of the energy that passes a sharp disc within the first dark ring. */
    double encircled() {
      int n = OVERSAMPLING * diameter;
      double radius = Optics.AIRY_ZEROS[0] * OVERSAMPLING;
      double sum = 0;
      for (int i = 0; i < n * n; i++) {
        sum += intensity[i] * Optics.coverage(Frames.y(i, n, n), Frames.x(i, n), radius);
      }
      return sum / (Math.PI * diameter * diameter / 4.0);
    }
  }

  private static String parameters(int diameter, boolean asPupil) {
    return "%s of %d pixels, N = %d"
        .formatted(asPupil ? "lens.pupil" : "disc", diameter, OVERSAMPLING * diameter);
  }

  /**
   * How far the nearest repeated order moves a dark ring: its field 2J1(z)/z ≈ √(8/π)·z^(−3/2) at z
   * = πD, times the envelope x/N there, over the slope 2J2(z)/z of the pattern at the ring; twice
   * for the two neighbours.
   */
  private static double ringTolerance(int ring, int diameter) {
    double x = Optics.AIRY_ZEROS[ring];
    double z = Math.PI * x;
    double order = Math.sqrt(8 / Math.PI) * Math.pow(Math.PI * diameter, -1.5) * x / diameter;
    double slope = Math.abs(2 * Optics.bessel(2, z) / z);
    return 2 * order / slope / Math.PI;
  }

  /**
   * Relative error of the pupil's area, which the bench counts in points a sixteenth of a pixel
   * apart: three times the RMS error √(1.694·R) of Gauss's circle problem over πR², R in sixteenths
   * (Huxley, Area, Lattice Points, and Exponential Sums, 1996).
   */
  private static double countedArea(int diameter) {
    double radius = 8.0 * diameter;
    return 3 * Math.sqrt(1.694 * radius) / (Math.PI * radius * radius);
  }

  @ParameterizedTest
  @CsvSource({"32,false", "64,false", "128,false", "32,true", "64,true", "128,true"})
  void darkRings(int diameter, boolean asPupil) {
    Pattern pattern = Pattern.of(diameter, asPupil);
    Pattern wrong = Pattern.of(1.02 * diameter, asPupil);
    for (int ring = 0; ring < 3; ring++) {
      Validation zero =
          new Validation(
              "Airy, dark ring " + (ring + 1),
              parameters(diameter, asPupil),
              "zeros of J1(πx), in λf/D",
              GOODMAN,
              Optics.AIRY_ZEROS[ring],
              pattern.zero(ring),
              ringTolerance(ring, diameter) + 1e-5,
              "orders repeated by sampling, as D^(−5/2); interpolation 1e-5");
      zero.check();
      zero.assertRefuses(wrong.zero(ring), "an aperture 2 % too large");
    }
  }

  @ParameterizedTest
  @CsvSource({"32,false", "64,false", "128,false", "32,true", "64,true", "128,true"})
  void widthAndEnergy(int diameter, boolean asPupil) {
    Pattern pattern = Pattern.of(diameter, asPupil);
    double square = (double) diameter * diameter;
    Validation width =
        new Validation(
            "Airy, FWHM",
            parameters(diameter, asPupil),
            "2J1(πx)/(πx) = 1/√2, in λf/D",
            GOODMAN,
            FWHM,
            pattern.fwhm(),
            0.8 / square + (asPupil ? countedArea(diameter) / 2 : 0),
            "blur by a pixel widens the aperture by (2/3)/D²; 20 % for the edge's sampling"
                + (asPupil ? "; its area is counted in points" : ""));
    width.check();
    Validation energy =
        new Validation(
            "Airy, encircled energy",
            parameters(diameter, asPupil),
            "1 − J0²(πx) at the first dark ring",
            GOODMAN,
            ENCIRCLED,
            pattern.encircled(),
            1.2 / square + (asPupil ? countedArea(diameter) : 0),
            "envelope 1 − (π²/3)⟨x²⟩/D² with ⟨x²⟩ ≈ 0.3 over the core; 20 % for the edge");
    energy.check();
    Pattern wrong = Pattern.of(1.02 * diameter, asPupil);
    width.assertRefuses(wrong.fwhm(), "an aperture 2 % too large");
    energy.assertRefuses(wrong.encircled(), "an aperture 2 % too large");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theErrorShrinksWithTheGrid(boolean asPupil) {
    double width = Double.POSITIVE_INFINITY;
    double energy = Double.POSITIVE_INFINITY;
    double ring = Double.POSITIVE_INFINITY;
    for (int diameter : new int[] {16, 32, 64, 128}) {
      Pattern pattern = Pattern.of(diameter, asPupil);
      double[] now = {
        Math.abs(pattern.fwhm() - FWHM),
        Math.abs(pattern.encircled() - ENCIRCLED),
        Math.abs(pattern.zero(2) - Optics.AIRY_ZEROS[2])
      };
      // Second order: a quarter per doubling; a half leaves room for the edge's sampling.
      double[] limits = {width / 2, energy / 2, ring / 2};
      for (int i = 0; i < 3; i++) {
        int measure = i;
        assertTrue(
            now[i] < limits[i],
            () -> "D = " + diameter + ", measure " + measure + ": " + now[measure]);
      }
      width = now[0];
      energy = now[1];
      ring = now[2];
    }
  }
}
