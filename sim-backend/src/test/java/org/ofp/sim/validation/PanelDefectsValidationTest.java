// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;

/**
 * Dead pixels stay dark, stuck ones at one drive: a fixed pattern of the unit. The amplitudes shown
 * are taken from the field, transformed back in double precision.
 */
class PanelDefectsValidationTest {
  private static final String MODEL = "binomial distribution; physics.md, DAC and modulator";
  private static final int N = 96;

  /** A pixel's amplitude is good to some 1e-6; dead and stuck ones differ by much more. */
  private static final double THRESHOLD = 1e-4;

  private static double[] shown(String options, double amplitude, double phase) {
    return Light.shown(N, N, options, Frames.uniform(N, N, amplitude, phase));
  }

  /** Which pixels do not show what was asked. */
  private static boolean[] wrong(double[] shown, double amplitude, double phase) {
    boolean[] wrong = new boolean[shown.length / 2];
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] =
          Math.hypot(
                  shown[2 * i] - amplitude * Math.cos(phase),
                  shown[2 * i + 1] - amplitude * Math.sin(phase))
              > THRESHOLD;
    }
    return wrong;
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  private static int both(boolean[] a, boolean[] b) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      count += a[i] && b[i] ? 1 : 0;
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({"dead,0.005", "dead,0.01", "dead,0.2", "stuck,0.01", "stuck,0.1", "dead,1"})
  void share(String kind, double share) {
    int pixels = N * N;
    for (int unit = 1; unit <= 3; unit++) {
      String options = "slm.%s-pixels=%s&unit=%d".formatted(kind, share, unit);
      Validation found =
          new Validation(
              "panel defects",
              "slm.%s-pixels = %s, unit %d, 96×96".formatted(kind, share, unit),
              "share of the pixels that do not show what was asked",
              MODEL,
              share,
              (double) count(wrong(shown(options, 0.77, 1.3), 0.77, 1.3)) / pixels,
              5 * Math.sqrt(share * (1 - share) / pixels),
              "5 standard deviations of the binomial distribution");
      found.check();
      found.assertRefuses((double) count(wrong(shown("", 0.77, 1.3), 0.77, 1.3)) / pixels, "none");
    }
  }

  @Test
  void deadPixelsAreDark() {
    for (double amplitude : new double[] {1, 0.5}) {
      double[] shown = shown("slm.dead-pixels=0.1", amplitude, 2);
      boolean[] wrong = wrong(shown, amplitude, 2);
      double brightest = 0;
      for (int i = 0; i < wrong.length; i++) {
        brightest =
            wrong[i] ? Math.max(brightest, Math.hypot(shown[2 * i], shown[2 * i + 1])) : brightest;
      }
      Validation dark =
          new Validation(
              "panel defects",
              "slm.dead-pixels = 0.1, frame of " + amplitude,
              "brightest dead pixel",
              MODEL,
              0,
              brightest,
              3e-6,
              "floats, gathered from 96×96 pixels");
      dark.check();
      dark.assertRefuses(amplitude, "pixels that only lose their phase");
    }
  }

  @Test
  void stuckPixelsDoNotFollowTheFrame() {
    String options = "slm.stuck-pixels=0.1";
    double[] one = shown(options, 0.9, 0.5);
    double[] two = shown(options, 0.3, 4);
    boolean[] wrong = wrong(one, 0.9, 0.5);
    boolean[] still = wrong(two, 0.3, 4);
    assertArrayEquals(wrong, still, "the same pixels, whatever is asked");
    double change = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < wrong.length; i++) {
      if (wrong[i]) {
        change =
            Math.max(change, Math.hypot(one[2 * i] - two[2 * i], one[2 * i + 1] - two[2 * i + 1]));
        least = Math.min(least, Math.hypot(one[2 * i], one[2 * i + 1]));
        most = Math.max(most, Math.hypot(one[2 * i], one[2 * i + 1]));
      }
    }
    Validation stuck =
        new Validation(
            "panel defects",
            "slm.stuck-pixels = 0.1, two frames",
            "largest change of a stuck pixel",
            MODEL,
            0,
            change,
            3e-6,
            "floats, gathered from 96×96 pixels");
    stuck.check();
    stuck.assertRefuses(
        Math.hypot(
            0.9 * Math.cos(0.5) - 0.3 * Math.cos(4), 0.9 * Math.sin(0.5) - 0.3 * Math.sin(4)),
        "pixels that follow");
    double spread = most - least;
    assertTrue(spread > 0.5 && most <= 1 + 1e-5, () -> "drives all over the range: " + spread);
  }

  @Test
  void thePatternBelongsToTheUnit() {
    for (String kind : new String[] {"dead", "stuck"}) {
      String option = "slm." + kind + "-pixels=0.1&";
      boolean[] first = wrong(shown(option + "unit=1", 0.7, 1), 0.7, 1);
      boolean[] again = wrong(shown(option + "unit=1&seed=99", 0.7, 1), 0.7, 1);
      boolean[] other = wrong(shown(option + "unit=2", 0.7, 1), 0.7, 1);
      assertArrayEquals(first, again, "the seed does not move " + kind + " pixels");
      double expected = (double) count(first) * count(other) / (N * N);
      Validation overlap =
          new Validation(
              "panel defects",
              kind + " pixels of two units",
              "pixels in common as by chance: n1·n2/N²",
              "hypergeometric distribution",
              expected,
              both(first, other),
              5 * Math.sqrt(expected),
              "5 standard deviations, at most those of a Poisson distribution");
      overlap.check();
      overlap.assertRefuses(both(first, again), "one pattern for all units");
    }
  }

  @Test
  void aWindowSeesTheMiddleOfThePanel() {
    int side = 40;
    FrameShape window = new FrameShape(side, side + 1);
    int pixels = window.pixels();
    boolean[] panel = wrong(shown("slm.dead-pixels=0.1", 0.7, 1), 0.7, 1);
    boolean[] seen;
    try (Light light = Light.coherent(N, N, "slm.dead-pixels=0.1")) {
      float[] uniform = Frames.uniform(side, side + 1, 0.7, 1);
      seen = wrong(Diffraction.amplitudes(light.field(window, uniform, 0), side, side + 1), 0.7, 1);
    }
    boolean[] expected = new boolean[pixels];
    for (int i = 0; i < pixels; i++) {
      int row = i / (side + 1) - window.axisRow() + N / 2;
      int col = i % (side + 1) - window.axisCol() + N / 2;
      expected[i] = panel[row * N + col];
    }
    assertTrue(count(expected) > pixels / 20, "there are dead pixels");
    assertEquals(count(expected), both(expected, seen), "every dead pixel of the panel is seen");
    assertArrayEquals(expected, seen);
  }
}
