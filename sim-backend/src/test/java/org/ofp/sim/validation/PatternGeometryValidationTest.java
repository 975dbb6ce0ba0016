// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where the pattern falls on the detector: shift, rotation, magnification, distortion. The truth is
 * the diffraction sum in double precision at the place where a pixel's light comes from.
 */
class PatternGeometryValidationTest {
  private static final String SUM = "diffraction sum, Goodman, section 5.2";

  /**
   * Error over the field's norm: 1e-4 is asked for; a transform that interpolates with eight
   * neighbours on a doubled grid is good to 1e-7 and the rounding of floats.
   */
  private static final double INTERPOLATION = 1e-6;

  private static final String ORIGIN = "interpolation 1e-7 and floats; 1e-4 asked for";

  /**
   * Gaussian beams with tilts within a fifth of the detector about the axis: beyond that the light
   * is below 1e-6, so that no repeated order of point-like pixels gets into a turned or smaller
   * picture.
   */
  private static float[] beams(int rows, int cols, long seed) {
    Random random = new Random(seed);
    double[][] beam = new double[5][];
    for (int i = 0; i < beam.length; i++) {
      beam[i] =
          new double[] {
            (random.nextDouble() - 0.5) * 0.3 * rows,
            (random.nextDouble() - 0.5) * 0.3 * cols,
            (random.nextDouble() - 0.5) * 0.25,
            (random.nextDouble() - 0.5) * 0.25,
            2 * Math.PI * random.nextDouble()
          };
    }
    double radius = Math.min(rows, cols) / 8.0;
    float[] frame = new float[2 * rows * cols];
    for (int i = 0; i < rows * cols; i++) {
      for (double[] b : beam) {
        double y = Frames.y(i, rows, cols);
        double x = Frames.x(i, cols);
        double square = (y - b[0]) * (y - b[0]) + (x - b[1]) * (x - b[1]);
        double amplitude = 0.2 * Math.exp(-square / (radius * radius));
        double phase = 2 * Math.PI * (b[2] * y + b[3] * x) + b[4];
        frame[2 * i] += (float) (amplitude * Math.cos(phase));
        frame[2 * i + 1] += (float) (amplitude * Math.sin(phase));
      }
    }
    return frame;
  }

  private static double[] point(double y, double x, double factor) {
    return new double[] {y, x, factor};
  }

  @ParameterizedTest
  @CsvSource({"32,40,3,0", "32,40,0.25,-0.5", "33,21,-1.37,2.6", "24,24,0,0.01", "16,48,-5.5,7.25"})
  void shift(int rows, int cols, double shiftY, double shiftX) {
    Random random = new Random(5);
    float[] frame =
        Frames.of(
            rows, cols, (y, x) -> random.nextDouble(), (y, x) -> 2 * Math.PI * random.nextDouble());
    Diffraction sum = new Diffraction(frame, rows, cols);
    double[] expected = sum.displaced((y, x) -> point(y - shiftY, x - shiftX, 1));
    Validation found =
        new Validation(
            "lateral shift",
            "%d×%d, by %s rows and %s columns".formatted(rows, cols, shiftY, shiftX),
            "E(y − sy, x − sx), relative error",
            SUM,
            0,
            Diffraction.relativeError(
                Light.field(rows, cols, shifts(shiftY, shiftX), frame), expected),
            2e-6,
            "a phase and a transform in float");
    found.check();
    found.assertRefuses(
        Diffraction.relativeError(Light.field(rows, cols, "", frame), expected), "no shift");
    found.assertRefuses(
        Diffraction.relativeError(
            Light.field(rows, cols, shifts(-shiftY, -shiftX), frame), expected),
        "the other direction");
  }

  private static String shifts(double y, double x) {
    return "lens.shift-y=%s&lens.shift-x=%s".formatted(y, x);
  }

  /** Compares a bench's field with the displaced diffraction sum. */
  private static Validation displaced(
      String effect,
      String formula,
      int rows,
      int cols,
      String options,
      Diffraction.Source source) {
    float[] frame = beams(rows, cols, 11);
    double[] expected = new Diffraction(frame, rows, cols).displaced(source);
    Validation found =
        new Validation(
            effect,
            "%d×%d, %s".formatted(rows, cols, options),
            formula + ", relative error",
            SUM,
            0,
            Diffraction.relativeError(Light.field(rows, cols, options, frame), expected),
            INTERPOLATION,
            ORIGIN);
    found.check();
    found.assertRefuses(
        Diffraction.relativeError(Light.field(rows, cols, "", frame), expected), "no effect");
    return found;
  }

  private static Diffraction.Source turned(int rows, int cols, double angle) {
    // In metres: a pixel of the detector is λf/(N·dx) high and wide, which differs if R ≠ C.
    double aspect = (double) rows / cols;
    return (y, x) ->
        point(
            y * Math.cos(angle) - x * aspect * Math.sin(angle),
            x * Math.cos(angle) + y / aspect * Math.sin(angle),
            1);
  }

  @ParameterizedTest
  @CsvSource({
    "48,48,0.1",
    "48,48,-0.02",
    "48,48,0.7853981634",
    "33,33,1.2",
    "40,40,3",
    "48,48,1.5707963268",
    "48,36,0.05",
    "30,48,-0.3"
  })
  void rotation(int rows, int cols, double angle) {
    Validation found =
        displaced(
            "rotation",
            "the field turned from columns towards rows",
            rows,
            cols,
            "lens.rotation=" + angle,
            turned(rows, cols, angle));
    float[] frame = beams(rows, cols, 11);
    found.assertRefuses(
        Diffraction.relativeError(
            Light.field(rows, cols, "lens.rotation=" + -angle, frame),
            new Diffraction(frame, rows, cols).displaced(turned(rows, cols, angle))),
        "the other direction");
  }

  @ParameterizedTest
  @CsvSource({"0,6,0.5", "5,0,-0.5", "4,-3,1.5707963268", "-6,2,0.2"})
  void rotationMovesASpot(int y, int x, double angle) {
    // A spot at (x, y) goes to (x·cos θ − y·sin θ, x·sin θ + y·cos θ).
    int n = 64;
    float[] frame =
        Frames.of(
            n,
            n,
            (r, c) -> Math.exp(-(r * r + c * c) / 90.0),
            (r, c) -> 2 * Math.PI * (y * r + x * c) / n);
    double[] spot = Light.intensity(n, n, "lens.rotation=" + angle, frame);
    double[] expected = {
      x * Math.sin(angle) + y * Math.cos(angle), x * Math.cos(angle) - y * Math.sin(angle)
    };
    double[] found = {Spots.row(spot, n, n), Spots.column(spot, n, n)};
    double[] still = {y, x};
    for (int axis = 0; axis < 2; axis++) {
      Validation place =
          new Validation(
              "rotation",
              "a spot at (%d, %d), θ = %s, over the %s"
                  .formatted(y, x, angle, axis == 0 ? "rows" : "columns"),
              "x' = x·cosθ − y·sinθ, y' = x·sinθ + y·cosθ",
              "physics.md, Lens",
              expected[axis],
              found[axis],
              1e-5,
              "a field good to 1e-6 moves a centroid by some pixels times 1e-6");
      place.check();
      place.assertRefuses(still[axis], "no rotation");
    }
  }

  @ParameterizedTest
  @CsvSource({"48,48,1.1", "48,48,0.9", "33,40,1.5", "40,40,2", "48,48,1.001"})
  void magnification(int rows, int cols, double m) {
    Validation found =
        displaced(
            "magnification",
            "E(r/M)/M",
            rows,
            cols,
            "lens.magnification=" + m,
            (y, x) -> point(y / m, x / m, 1 / m));
    float[] frame = beams(rows, cols, 11);
    double[] expected =
        new Diffraction(frame, rows, cols).displaced((y, x) -> point(y / m, x / m, 1 / m));
    found.assertRefuses(
        Diffraction.relativeError(
            Light.field(rows, cols, "lens.magnification=" + 1 / m, frame), expected),
        "its inverse");
  }

  /**
   * Where light at radius r' comes from: r + k1·r³ = r' by Newton's method; r = 1 at the corner.
   */
  private static double undistorted(double r, double k1) {
    double from = r;
    for (int i = 0; i < 50; i++) {
      from -= (from + k1 * from * from * from - r) / (1 + 3 * k1 * from * from);
    }
    return from;
  }

  private static Diffraction.Source distorted(int n, double k1) {
    double corner = Math.hypot(n, n) / 2;
    // With k1 < 0 the picture ends where r' is largest, at 3k1·r² = −1.
    double edge = k1 < 0 ? 2 / (3 * Math.sqrt(-3 * k1)) : Double.POSITIVE_INFINITY;
    return (y, x) -> {
      double to = Math.hypot(y, x) / corner;
      if (to > edge) {
        return point(0, 0, 0);
      }
      double from = undistorted(to, k1);
      double square = k1 * from * from;
      double shrink = to == 0 ? 1 : from / to;
      // The field thins out by the root of the area's growth, (r'/r)(dr'/dr).
      return point(y * shrink, x * shrink, 1 / Math.sqrt((1 + square) * (1 + 3 * square)));
    };
  }

  @ParameterizedTest
  @CsvSource({"48,0.1", "48,-0.1", "40,0.5", "33,-0.2", "64,0.02"})
  void distortion(int n, double k1) {
    Validation found =
        displaced(
            "distortion",
            "E(r)·[(1+k1r²)(1+3k1r²)]^(−½) at r' = r(1+k1r²)",
            n,
            n,
            "lens.distortion=" + k1,
            distorted(n, k1));
    float[] frame = beams(n, n, 11);
    found.assertRefuses(
        Diffraction.relativeError(
            Light.field(n, n, "lens.distortion=" + -k1 / 2, frame),
            new Diffraction(frame, n, n).displaced(distorted(n, k1))),
        "the other sign");
  }

  @Test
  void effectsCombine() {
    // Distortion, magnification and rotation about the axis commute but for the distortion's
    // radius, which is that of the picture before it is magnified; then the shift.
    int n = 48;
    double m = 1.05;
    double angle = 0.15;
    Diffraction.Source turn = turned(n, n, angle);
    displaced(
        "rotation",
        "turned, magnified, then shifted",
        n,
        n,
        "lens.rotation=%s&lens.magnification=%s&lens.shift-x=1.3&lens.shift-y=-0.4"
            .formatted(angle, m),
        (y, x) -> {
          double[] from = turn.of((y + 0.4) / m, (x - 1.3) / m);
          return point(from[0], from[1], 1 / m);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,0.7,1.2,1",
    "0,1,-3.4,5,0.9",
    "0.3,1.2,0,0,1",
    "-0.8,0.9,2.5,-1.5,0.36",
    "0,1,0,0,0.5"
  })
  void thePixelEnvelopeMovesWithThePattern(
      double angle, double m, double shiftY, double shiftX, double fill) {
    // The envelope belongs to the light that leaves the modulator, and so does what the gaps
    // reflect:
    // wherever the pattern goes they go with it.
    int n = 40;
    double reflectivity = 0.2;
    float[] frame = beams(n, n, 11);
    Diffraction modulated = new Diffraction(frame, n, n);
    Diffraction gaps = new Diffraction(Frames.uniform(n, n, 1, 0), n, n);
    Diffraction.Source turn = turned(n, n, angle);
    Diffraction.Source source =
        (y, x) -> {
          double[] from = turn.of((y - shiftY) / m, (x - shiftX) / m);
          return point(from[0], from[1], 1 / m);
        };
    double[] ofPixels =
        modulated.displaced(
            (y, x) -> {
              double[] from = source.of(y, x);
              return point(from[0], from[1], from[2] * envelope(fill, from, n));
            });
    double[] ofGaps =
        gaps.displaced(
            (y, x) -> {
              double[] from = source.of(y, x);
              double weight = envelope(1, from, n) - envelope(fill, from, n);
              return point(from[0], from[1], from[2] * Math.sqrt(reflectivity) * weight);
            });
    double[] both = new double[ofPixels.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = ofPixels[i] + ofGaps[i];
    }
    String options =
        "lens.rotation=%s&lens.magnification=%s&%s&slm.fill-factor=%s"
            .formatted(angle, m, shifts(shiftY, shiftX), fill);
    Validation absorbing =
        new Validation(
            "fill factor",
            "40×40, " + options,
            "field and envelope displaced alike, relative error",
            SUM,
            0,
            Diffraction.relativeError(Light.field(n, n, options, frame), ofPixels),
            INTERPOLATION,
            ORIGIN);
    absorbing.check();
    absorbing.assertRefuses(
        Diffraction.relativeError(
            Light.field(n, n, options.replaceAll("&slm.*", ""), frame), ofPixels),
        "no envelope");
    Validation reflecting =
        new Validation(
            "fill factor, reflecting gap",
            "40×40, ρ = 0.2, " + options,
            "gaps' light displaced alike, relative error",
            SUM,
            0,
            Diffraction.relativeError(
                Light.field(n, n, options + "&slm.gap-reflectivity=" + reflectivity, frame), both),
            INTERPOLATION,
            ORIGIN);
    reflecting.check();
    if (fill < 1) {
      reflecting.assertRefuses(
          Diffraction.relativeError(Light.field(n, n, options, frame), both), "absorbing gaps");
    }
  }

  @Test
  void anyMappingOfAnyFrame() {
    // White frames fill the detector and, turned or smaller, show the orders that a grid of
    // point-like pixels repeats: the diffraction sum holds them as well.
    for (long seed = 1; seed <= Sample.count(30, 500); seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(35);
      double angle = 2 * Math.PI * (random.nextDouble() - 0.5);
      double m = 0.5 + 1.5 * random.nextDouble();
      double k1 = 0.6 * random.nextDouble() - 0.1;
      double fill = 0.1 + 0.9 * random.nextDouble();
      double[] shift = {n * (random.nextDouble() - 0.5), n * (random.nextDouble() - 0.5)};
      float[] frame =
          Frames.of(
              n, n, (y, x) -> random.nextDouble(), (y, x) -> 2 * Math.PI * random.nextDouble());
      Diffraction.Source turn = turned(n, n, angle);
      Diffraction.Source distortion = distorted(n, k1);
      double[] expected =
          new Diffraction(frame, n, n)
              .displaced(
                  (y, x) -> {
                    double[] a = turn.of(y - shift[0], x - shift[1]);
                    double[] b = distortion.of(a[0], a[1]);
                    double[] place = {b[0] / m, b[1] / m};
                    return point(place[0], place[1], b[2] / m * envelope(fill, place, n));
                  });
      String options =
          "lens.rotation=%s&lens.magnification=%s&lens.distortion=%s&%s&slm.fill-factor=%s"
              .formatted(angle, m, k1, shifts(shift[0], shift[1]), fill);
      Validation mapping =
          new Validation(
              "pattern geometry",
              "%d×%d, seed %d, %s".formatted(n, n, seed, options),
              "magnified, distorted, turned, shifted; relative error",
              SUM,
              0,
              Diffraction.relativeError(Light.field(n, n, options, frame), expected),
              INTERPOLATION,
              ORIGIN);
      mapping.check();
      mapping.assertRefuses(
          Diffraction.relativeError(Light.field(n, n, "slm.fill-factor=" + fill, frame), expected),
          "an undisplaced pattern");
    }
  }

  private static double envelope(double fill, double[] place, int n) {
    double side = Math.sqrt(fill);
    return fill * Optics.sinc(side * place[0] / n) * Optics.sinc(side * place[1] / n);
  }

  @ParameterizedTest
  @CsvSource({
    "lens.rotation=0.4", "lens.magnification=1.3", "lens.magnification=0.85",
    "lens.distortion=0.3", "lens.distortion=-0.2", "lens.shift-x=2.4"
  })
  void energyIsConserved(String option) {
    int n = 64;
    float[] frame = beams(n, n, 3);
    double before = Diffraction.energy(Diffraction.widened(frame));
    Validation energy =
        new Validation(
            "pattern geometry",
            option + ", pattern within the detector",
            "Σ|E|² / Σ|a|²",
            "Jacobian of the mapping",
            1,
            Diffraction.energy(Light.field(n, n, option, frame)) / before,
            3e-6,
            "a field good to 1e-6; the light outside the detector is below 1e-6");
    energy.check();
    energy.assertRefuses(
        Diffraction.energy(Light.field(n, n, "lens.magnification=6", frame)) / before,
        "a picture that leaves the detector");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32, 48, 64, 96})
  void theErrorDoesNotGrowWithTheGrid(int n) {
    displaced(
        "rotation",
        "the field turned from columns towards rows",
        n,
        n,
        "lens.rotation=0.3",
        turned(n, n, 0.3));
  }
}
