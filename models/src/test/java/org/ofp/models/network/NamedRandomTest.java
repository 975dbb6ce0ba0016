// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NamedRandomTest {
  /** Values of uniform() in src/test/python/unet_efficientnet.py. */
  @Test
  void agreesWithTheIndependentImplementation() {
    NamedRandom random = new NamedRandom(20261122, "outc.conv.bias");
    float[] expected = {
      0x1.e900f80000000p-2f, -0x1.9a32540000000p-1f, 0x1.3a09680000000p-1f, 0x1.f25a600000000p-1f
    };
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], random.symmetric(i));
    }
  }

  @Test
  void namesAndSeedsGiveDifferentNumbersInRange() {
    NamedRandom random = new NamedRandom(1, "a");
    assertNotEquals(random.unit(0), new NamedRandom(1, "b").unit(0));
    assertNotEquals(random.unit(0), new NamedRandom(2, "a").unit(0));
    double sum = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      float value = random.unit(i);
      assertTrue(value >= 0 && value < 1);
      assertEquals(2 * value - 1, random.symmetric(i));
      sum += value;
    }
    assertEquals(0.5, sum / n, 4 * Math.sqrt(1.0 / 12 / n));
  }
}
