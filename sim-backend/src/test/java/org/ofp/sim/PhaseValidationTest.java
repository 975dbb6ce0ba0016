// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PhaseValidationTest {
  /** What the class promises against Math.atan2. */
  private static final double PROMISE = 5e-7;

  private static final int ROW = 1000;

  /** The distance of two angles on the circle, so that −π and π are the same. */
  private static double error(float phase, float im, float re) {
    return Math.abs(Math.IEEEremainder(phase - Math.atan2(im, re), 2 * Math.PI));
  }

  private static float phase(float im, float re) {
    float[] phase = new float[1];
    Phase.of(new float[] {re}, new float[] {im}, 1, phase);
    return phase[0];
  }

  private static void assertClose(float im, float re) {
    float phase = phase(im, re);
    assertTrue(error(phase, im, re) <= PROMISE, () -> re + " + " + im + "i: " + phase);
  }

  private static boolean isPromised(float im, float re) {
    return Math.max(Math.abs(re), Math.abs(im)) >= Float.MIN_NORMAL;
  }

  @Test
  void randomPointsOfAllMagnitudes() {
    long seed = 12;
    Random random = new Random(seed);
    double worst = 0;
    float[] re = new float[ROW];
    float[] im = new float[ROW];
    float[] phase = new float[ROW];
    for (int row = 0; row < Bench.count(1000, 50_000); row++) {
      for (int i = 0; i < ROW; i++) {
        float scale = i % 2 == 0 ? 1 : (float) Math.pow(10, 76 * random.nextDouble() - 38);
        re[i] = scale * (2 * random.nextFloat() - 1);
        im[i] = scale * (2 * random.nextFloat() - 1);
      }
      Phase.of(re, im, ROW, phase);
      for (int i = 0; i < ROW; i++) {
        if (isPromised(im[i], re[i])) {
          worst = Math.max(worst, error(phase[i], im[i], re[i]));
        }
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
        if (isPromised(im, re)) {
          assertClose(im, re);
        }
      }
    }
    assertEquals(0, phase(0, 0));
    assertEquals(0, phase(-0f, -0f));
  }

  @Test
  void theAxesAreExact() {
    assertEquals(0f, phase(0, 1));
    assertEquals((float) (Math.PI / 2), phase(1, 0));
    assertEquals((float) Math.PI, phase(0, -1));
    assertEquals((float) (-Math.PI / 2), phase(-1, 0));
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
