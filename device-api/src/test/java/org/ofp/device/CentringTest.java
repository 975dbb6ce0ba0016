// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CentringTest {
  @Test
  void factorsAreTheirFormula() {
    for (int n : new int[] {1, 2, 3, 4, 5, 8, 11, 12, 509, 32768}) {
      for (int quarter = -1; quarter <= 1; quarter++) {
        for (int sign : new int[] {-1, 1}) {
          float[] factors = Centring.factors(n, quarter, sign);
          assertEquals(2 * n, factors.length);
          int axis = n / 2;
          for (int k = 0; k < n; k++) {
            double angle = quarter * Math.PI / 2 + sign * 2 * Math.PI * axis * k / n;
            // A float is within 2^-25 of a number below 1; the argument above of up to π·32768 is
            // itself uncertain by 1e5·2^-52.
            assertEquals(Math.cos(angle), factors[2 * k], 3.1e-8, "n=" + n + " k=" + k);
            assertEquals(Math.sin(angle), factors[2 * k + 1], 3.1e-8, "n=" + n + " k=" + k);
          }
        }
      }
    }
  }

  @Test
  void evenSizesGiveExactSigns() {
    float[] factors = Centring.factors(6, 0, 1);
    for (int k = 0; k < 6; k++) {
      assertEquals(k % 2 == 0 ? 1f : -1f, factors[2 * k]);
      assertEquals(0f, factors[2 * k + 1] + 0f);
    }
  }
}
