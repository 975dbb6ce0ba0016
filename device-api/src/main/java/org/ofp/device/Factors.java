// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Factorisations of the sides of frames. */
final class Factors {
  private Factors() {}

  /** The largest prime factor of a number; 1 for 1. */
  static int largestPrime(int n) {
    int largest = 1;
    int rest = n;
    for (int p = 2; (long) p * p <= rest; p++) {
      while (rest % p == 0) {
        largest = p;
        rest /= p;
      }
    }
    return Math.max(largest, rest);
  }

  /**
   * All ways to write {@code n} as a product of {@code count} factors from 1 to {@code max}, each
   * in descending order.
   */
  static List<int[]> products(int n, int max, int count) {
    List<int[]> found = new ArrayList<>();
    extend(n, max, new int[count], 0, found);
    return found;
  }

  private static void extend(int rest, int max, int[] factors, int at, List<int[]> found) {
    if (rest == 1) {
      int[] product = factors.clone();
      Arrays.fill(product, at, product.length, 1);
      found.add(product);
    } else if (at < factors.length) {
      for (int factor = Math.min(max, rest); factor > 1; factor--) {
        if (rest % factor == 0) {
          factors[at] = factor;
          extend(rest / factor, factor, factors, at + 1, found);
        }
      }
    }
  }
}
