// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PhaseValidationTest {
  /** What the class promises against Math.atan2. */
  private static final double PROMISE = 5e-7;

  /** The distance of two angles on the circle, so that −π and π are the same. */
  private static double error(float im, float re) {
    return Math.abs(Math.IEEEremainder(Phase.of(im, re) - Math.atan2(im, re), 2 * Math.PI));
  }

  private static void assertClose(float im, float re) {
    assertTrue(error(im, re) <= PROMISE, () -> re + " + " + im + "i: " + Phase.of(im, re));
  }

  @Test
  void randomPointsOfAllMagnitudes() {
    long seed = 12;
    Random random = new Random(seed);
    double worst = 0;
    for (int i = 0; i < Bench.count(1_000_000, 50_000_000); i++) {
      float scale = i % 2 == 0 ? 1 : (float) Math.pow(10, 76 * random.nextDouble() - 38);
      float re = scale * (2 * random.nextFloat() - 1);
      float im = scale * (2 * random.nextFloat() - 1);
      if (re != 0 || im != 0) {
        worst = Math.max(worst, error(im, re));
      }
    }
    System.out.printf("largest phase error %.3g rad, seed %d%n", worst, seed);
    assertTrue(worst <= PROMISE, "worst " + worst + ", seed " + seed);
  }

  @Test
  void specialPoints() {
    float[] values = {
      0,
      -0f,
      1,
      -1,
      0.5f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      1e-40f,
      -1e-40f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Math.nextUp(1f),
      Math.nextDown(1f),
      1e-20f,
      1e20f
    };
    for (float re : values) {
      for (float im : values) {
        if (re != 0 || im != 0) {
          assertClose(im, re);
        }
      }
    }
    assertEquals(0, Phase.of(0, 0));
    assertEquals(0, Phase.of(-0f, -0f));
  }

  @Test
  void theAxesAreExact() {
    assertEquals(0f, Phase.of(0, 1));
    assertEquals((float) (Math.PI / 2), Phase.of(1, 0));
    assertEquals((float) Math.PI, Phase.of(0, -1));
    assertEquals((float) (-Math.PI / 2), Phase.of(-1, 0));
  }

  @Test
  void borders() {
    // Around the diagonals, where the octants meet, and around the axes.
    for (int octant = 0; octant < 8; octant++) {
      for (int i = -50; i <= 50; i++) {
        double angle = octant * Math.PI / 4 + i * 3e-8;
        assertClose((float) Math.sin(angle), (float) Math.cos(angle));
      }
    }
  }
}
