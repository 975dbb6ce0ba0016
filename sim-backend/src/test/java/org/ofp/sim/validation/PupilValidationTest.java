// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vignetting by the lens's pupil: pixels count with the share of their area inside. */
class PupilValidationTest {
  private static final String MODEL = "area of a disc; physics.md, Lens";

  private static double axis(int rows, int cols, String options) {
    return Light.share(
        Light.intensity(rows, cols, options, Frames.uniform(rows, cols, 1, 0)), rows, cols, 0, 0);
  }

  private static String pupil(double pixels) {
    return "lens.pupil=" + pixels * Light.PITCH;
  }

  @ParameterizedTest
  @CsvSource({"64,64,60", "64,48,33.3", "128,128,100", "33,33,20.5", "16,16,3", "64,64,1.7"})
  void amplitudeOnTheAxis(int rows, int cols, double diameter) {
    double share = Math.PI * diameter * diameter / 4 / (rows * cols);
    // The bench counts 16×16 points per pixel: RMS √(1.694·R) points of πR² (Gauss's circle
    // problem,
    // Huxley 1996), R in sixteenths of a pixel; 3 of it.
    double radius = 8 * diameter;
    double counted = 3 * Math.sqrt(1.694 * radius) / (Math.PI * radius * radius);
    Validation area =
        new Validation(
            "vignetting",
            "%d×%d, pupil of %s pixels".formatted(rows, cols, diameter),
            "amplitude on the axis: πD²/4 over the frame's area",
            MODEL,
            share,
            Math.sqrt(axis(rows, cols, pupil(diameter))),
            share * counted + 1e-6,
            "edges counted in 16×16 points per pixel, 3 standard deviations; floats");
    area.check();
    area.assertRefuses(Math.sqrt(axis(rows, cols, "")), "no pupil");
    area.assertRefuses(
        Math.sqrt(axis(rows, cols, pupil(diameter * 1.1))), "a pupil larger by a tenth");
  }

  @ParameterizedTest
  @CsvSource({"24,30,20", "32,32,32", "32,32,40", "17,23,9.5"})
  void everyPixelCountsWithItsArea(int rows, int cols, double diameter) {
    double[] shown = Light.shown(rows, cols, pupil(diameter), Frames.uniform(rows, cols, 1, 0));
    double largest = 0;
    double hard = 0;
    for (int i = 0; i < rows * cols; i++) {
      double y = Frames.y(i, rows, cols);
      double x = Frames.x(i, cols);
      double covered = Optics.coverage(y, x, diameter / 2);
      largest = Math.max(largest, Math.hypot(shown[2 * i] - covered, shown[2 * i + 1]));
      hard = Math.max(hard, Math.abs((Math.hypot(x, y) <= diameter / 2 ? 1 : 0) - covered));
    }
    Validation pixels =
        new Validation(
            "vignetting",
            "%d×%d, pupil of %s pixels".formatted(rows, cols, diameter),
            "largest deviation of a pixel's amplitude from its covered area",
            MODEL,
            0,
            largest,
            1 / 16.0,
            "an edge crosses 16 rows of points, each counted to half a point on either side");
    pixels.check();
    pixels.assertRefuses(hard, "pixels inside or outside as a whole");
  }

  @Test
  void aPupilAboutTheFrameTakesNothing() {
    for (int[] shape : new int[][] {{16, 16}, {12, 20}, {9, 7}}) {
      double diagonal = Math.hypot(shape[0] + 1, shape[1] + 1);
      Validation open =
          new Validation(
              "vignetting",
              "%d×%d, pupil about the frame".formatted(shape[0], shape[1]),
              "amplitude on the axis",
              MODEL,
              1,
              Math.sqrt(axis(shape[0], shape[1], pupil(diagonal))),
              1e-6,
              "floats");
      open.check();
      open.assertRefuses(
          Math.sqrt(axis(shape[0], shape[1], pupil(0.8 * diagonal))), "a smaller pupil");
    }
  }
}
