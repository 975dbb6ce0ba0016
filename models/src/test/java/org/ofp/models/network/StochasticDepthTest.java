// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class StochasticDepthTest {
  private static final int IMAGES = 4000;

  @Test
  void dropsWholeImagesAndKeepsTheExpectation() {
    float[] sums = sums(new StochasticDepth(0.2, 1, "x"));
    int dropped = 0;
    for (float sum : sums) {
      if (sum == 0) {
        dropped++;
      } else {
        assertEquals(6 / 0.8f, sum, 1e-5f); // all six values of the image, scaled
      }
    }
    double deviation = Math.sqrt(0.2 * 0.8 / IMAGES);
    assertEquals(0.2, (double) dropped / IMAGES, 4 * deviation);
  }

  @Test
  void choicesFollowSeedAndImagesSeen() {
    StochasticDepth depth = new StochasticDepth(0.5, 1, "x");
    float[] first = sums(depth);
    assertArrayEquals(first, sums(new StochasticDepth(0.5, 1, "x")));
    assertThrows(AssertionError.class, () -> assertArrayEquals(first, sums(depth)));
    assertThrows(
        AssertionError.class,
        () -> assertArrayEquals(first, sums(new StochasticDepth(0.5, 2, "x"))));
  }

  @Test
  void rateZeroDropsNothing() {
    for (float sum : sums(new StochasticDepth(0, 1, "x"))) {
      assertEquals(6, sum);
    }
    assertThrows(IllegalArgumentException.class, () -> new StochasticDepth(1, 1, "x"));
  }

  private static float[] sums(StochasticDepth depth) {
    Tensor dropped = depth.drop(torch.ones(IMAGES, 2, 1, 3)).sum(1, 2, 3);
    float[] sums = new float[IMAGES];
    try {
      FloatBuffer buffer = dropped.createBuffer();
      buffer.get(sums);
    } finally {
      Reference.reachabilityFence(dropped); // the buffer does not keep it
    }
    return sums;
  }
}
