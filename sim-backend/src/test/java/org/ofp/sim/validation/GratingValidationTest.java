// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Diffraction efficiencies of phase gratings on the modulator. A phase level w pixels wide has,
 * with pixels that modulate their whole area ({@code slm.fill-factor=1}), the orders of the
 * continuous profile; with point-like pixels (no fill factor) there is no envelope.
 */
class GratingValidationTest {
  private static final String SWANSON =
      "Swanson, Binary Optics Technology, MIT Lincoln Lab. TR-854 (1989); physics.md";
  private static final int N = 128;

  /** Phases in float are off by up to 1e-6 rad, a frame's transform by 4e-7 of its norm. */
  private static final double TOLERANCE = 3e-6;

  private static double order(double[] intensity, boolean overRows, int k) {
    return Light.share(intensity, N, N, overRows ? k : 0, overRows ? 0 : k);
  }

  private static float[] blaze(int period, boolean overRows) {
    return Frames.phase(
        N, N, (y, x) -> 2 * Math.PI * Math.floorMod(overRows ? y : x, period) / period);
  }

  /** A blaze of {@code levels} levels of {@code width} pixels; the device makes the levels. */
  private static double[] blazed(
      int levels, double depth, int width, boolean overRows, boolean wholePixels) {
    String options =
        "slm.phase-bits=%d&slm.phase-range=%s%s"
            .formatted(
                Integer.numberOfTrailingZeros(levels),
                depth * 2 * Math.PI,
                wholePixels ? "&slm.fill-factor=1" : "");
    // Asked for in the middle of a level's interval, so that rounding is never in doubt.
    float[] asked =
        Frames.phase(
            N, N, (y, x) -> 2 * Math.PI * (level(overRows ? y : x, levels, width) + 0.2) / levels);
    return Light.intensity(N, N, options, asked);
  }

  private static int level(int pixel, int levels, int width) {
    return Math.floorMod(pixel, levels * width) / width;
  }

  /** sin(πΔ)/(N·sin(πΔ/N)), the sum over the levels. */
  private static double levelSum(double delta, int levels) {
    double denominator = levels * Math.sin(Math.PI * delta / levels);
    return Math.abs(denominator) < 1e-12
        ? Math.cos(Math.PI * delta) / Math.cos(Math.PI * delta / levels)
        : Math.sin(Math.PI * delta) / denominator;
  }

  private static double efficiency(int order, double depth, int levels) {
    double amplitude = Optics.sinc((double) order / levels) * levelSum(order - depth, levels);
    return amplitude * amplitude;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,2,0.405285",
    "1,1,4,0.810569",
    "1,1,8,0.949641",
    "1,1,16,0.987215",
    "0,0.9,8,0.01245",
    "1,0.9,8,0.91928"
  })
  void statedEfficiencies(int order, double depth, int levels, double stated) {
    // Two pixels per level keep order 1 of two levels off the border of the detector.
    int width = 2;
    double[] pattern = blazed(levels, depth, width, false, true);
    int k = order * N / (levels * width);
    Validation found =
        new Validation(
            "blazed grating",
            "%d levels of %d pixels, α = %s, order %d".formatted(levels, width, depth, order),
            "[sinc(m/N)·sin(πΔ)/(N·sin(πΔ/N))]², Δ = m − α",
            SWANSON,
            stated,
            order(pattern, false, k),
            (depth == 1 ? 5e-7 : 5e-6) + TOLERANCE,
            "digits stated and 3e-6 for floats");
    found.check();
    found.assertRefuses(
        order(blazed(levels, depth, width, false, false), false, k) + (order == 0 ? 1 : 0),
        "point-like pixels (order 0 has no envelope)");
    found.assertRefuses(
        order(blazed(levels, depth - 0.02, width, false, true), false, k), "a depth 2 % less");
  }

  @ParameterizedTest
  @CsvSource({
    "2,1,1,true", "2,1,4,false", "4,1,1,true", "4,0.8,2,false", "8,1,1,false", "8,1.15,1,true",
    "8,0.5,4,true", "16,1,1,false", "16,0.9,1,true", "16,1.3,2,false", "4,2,2,true",
        "8,0.25,2,false"
  })
  void everyOrder(int levels, double depth, int width, boolean overRows) {
    double[] whole = blazed(levels, depth, width, overRows, true);
    int half = levels * width / 2;
    for (int m = 1 - half; m < half; m++) {
      String parameters =
          "%d levels of %d pixels over the %s, α = %s, order %d"
              .formatted(levels, width, overRows ? "rows" : "columns", depth, m);
      int k = m * N / (levels * width);
      Validation found =
          new Validation(
              "blazed grating",
              parameters,
              "[sinc(m/N)·sin(πΔ)/(N·sin(πΔ/N))]², Δ = m − α",
              SWANSON,
              efficiency(m, depth, levels),
              order(whole, overRows, k),
              TOLERANCE,
              "3e-6 for floats");
      found.check();
      if (found.expected() > 1e-3) {
        found.assertRefuses(
            order(blazed(levels, depth + 0.1, width, overRows, true), overRows, k),
            "a depth 0.1 more");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4,1", "8,0.9", "16,0.7"})
  void pointLikePixelsHaveNoEnvelope(int levels, double depth) {
    double[] points = blazed(levels, depth, 1, false, false);
    for (int m = -levels / 2; m < levels / 2; m++) {
      int k = m * N / levels;
      double sum = levelSum(m - depth, levels);
      Validation found =
          new Validation(
              "blazed grating",
              "%d levels, point-like pixels, α = %s, order %d".formatted(levels, depth, m),
              "[sin(πΔ)/(N·sin(πΔ/N))]², Δ = m − α",
              SWANSON,
              sum * sum,
              order(points, false, k),
              TOLERANCE,
              "3e-6 for floats");
      found.check();
      if (m != 0 && found.expected() > 1e-4) {
        found.assertRefuses(order(blazed(levels, depth, 1, false, true), false, k), "whole pixels");
      }
    }
  }

  @Test
  void moreLevelsApproachTheContinuousBlaze() {
    double before = 0;
    for (int levels : new int[] {2, 4, 8, 16, 32}) {
      double first = order(blazed(levels, 1, 1, false, true), false, N / levels);
      double expected = efficiency(1, 1, levels);
      Validation found =
          new Validation(
              "blazed grating",
              levels + " levels of one pixel, α = 1, order 1",
              "sinc²(1/N) → 1",
              SWANSON,
              expected,
              first,
              TOLERANCE,
              "3e-6 for floats");
      found.check();
      found.assertRefuses(before, "half as many levels");
      before = first;
    }
  }

  @Test
  void aContinuousModulatorNeedsNoLevels() {
    // 16 pixels per period, each its own phase: the same staircase without quantisation.
    double[] pattern = Light.intensity(N, N, "slm.fill-factor=1", blaze(16, true));
    Validation found =
        new Validation(
            "blazed grating",
            "16 pixels per period, continuous phase",
            "sinc²(1/16)",
            SWANSON,
            0.987215,
            order(pattern, true, N / 16),
            5e-7 + TOLERANCE,
            "digits stated and floats");
    found.check();
    found.assertRefuses(order(pattern, true, -N / 16), "the opposite order");
  }

  @ParameterizedTest
  @CsvSource({
    "2,0.29193,0.28697",
    "3.14159265,0,0.40528",
    "1,0.77015,0.09315",
    "0.5,0.93879,0.02481"
  })
  void binary(double phi, double zero, double first) {
    for (int width : new int[] {2, 8, 16}) {
      double[] pattern = square(phi, width, "slm.fill-factor=1");
      int k = N / (2 * width);
      double[] expected = {
        zero, first, first, 4 / Math.pow(3 * Math.PI, 2) * Math.pow(Math.sin(phi / 2), 2), 0
      };
      int[] orders = {0, 1, -1, 3, 2};
      for (int i = 0; i < orders.length; i++) {
        if (Math.abs(orders[i]) * k < N / 2) {
          Validation found =
              new Validation(
                  "binary phase grating",
                  "φ = %s, half a period of %d pixels, order %d".formatted(phi, width, orders[i]),
                  "η0 = cos²(φ/2), ηm = (4/(mπ)²)·sin²(φ/2) for odd m, else 0",
                  "Goodman, section 4.4.4; physics.md",
                  expected[i],
                  order(pattern, false, orders[i] * k),
                  5e-6 + TOLERANCE,
                  "digits stated and floats");
          found.check();
          found.assertRefuses(
              order(square(1.1 * phi, width, "slm.fill-factor=1"), false, orders[i] * k)
                  + (orders[i] == 2 ? 1 : 0),
              "a phase of 1.1φ");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 1})
  void binaryWithPointLikePixels(double phi) {
    // Without the envelope, orders of w samples: 1/(w·sin(πm/2w))² for 4/(πm)²·… of the wide one.
    int width = 4;
    double[] pattern = square(phi, width, "");
    for (int m : new int[] {1, -1, 3, -3}) {
      double sum = 1 / (width * Math.sin(Math.PI * m / (2.0 * width)));
      Validation found =
          new Validation(
              "binary phase grating",
              "φ = %s, 4 point-like pixels, order %d".formatted(phi, m),
              "[sin(φ/2)/(w·sin(πm/2w))]²",
              "geometric sum over w samples",
              Math.pow(sum * Math.sin(phi / 2), 2),
              order(pattern, false, m * N / (2 * width)),
              TOLERANCE,
              "3e-6 for floats");
      found.check();
      found.assertRefuses(
          order(square(phi, width, "slm.fill-factor=1"), false, m * N / (2 * width)),
          "whole pixels");
    }
  }

  private static double[] square(double phi, int width, String options) {
    return Light.intensity(
        N, N, options, Frames.phase(N, N, (y, x) -> Math.floorMod(x, 2 * width) < width ? phi : 0));
  }
}
