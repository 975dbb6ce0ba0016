// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.ofp.optconv.torch.OpticalContext;

class StochasticDepthTest {
  private static final int IMAGES = 4000;

  private final OpticalContext context = OpticalContext.electronic();

  @Test
  void dropsWholeImagesAndKeepsTheExpectation() {
    float[] sums = sums(new StochasticDepth(0.2, 1, "x", context));
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
  void choicesFollowSeedNameAndImageNumber() {
    float[] first = sums(new StochasticDepth(0.5, 1, "x", context));
    assertArrayEquals(first, sums(new StochasticDepth(0.5, 1, "x", context)));
    assertFalse(Arrays.equals(first, sums(new StochasticDepth(0.5, 2, "x", context))), "seed");
    assertFalse(Arrays.equals(first, sums(new StochasticDepth(0.5, 1, "y", context))), "name");
  }

  /** However images are spread over batches, and whatever ran before. */
  @Test
  void anImagesChoiceIsThatOfItsNumber() {
    StochasticDepth depth = new StochasticDepth(0.5, 1, "x", context);
    float[] all = sums(depth);
    int from = 1234;
    context.firstImage(from);
    float[] later = sums(depth);
    assertArrayEquals(Arrays.copyOfRange(all, from, IMAGES), Arrays.copyOf(later, IMAGES - from));
    assertFalse(Arrays.equals(all, later), "another first image");
  }

  @Test
  void rateZeroDropsNothing() {
    for (float sum : sums(new StochasticDepth(0, 1, "x", context))) {
      assertEquals(6, sum);
    }
    assertThrows(IllegalArgumentException.class, () -> new StochasticDepth(1, 1, "x", context));
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
