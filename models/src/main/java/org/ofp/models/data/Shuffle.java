// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import org.ofp.models.network.NamedRandom;

/** The order in which an epoch takes the samples. */
public final class Shuffle {
  private Shuffle() {}

  /**
   * A permutation of 0 … {@code size} − 1, a pure function of the arguments (Fisher and Yates's
   * shuffle).
   *
   * @param size at least 0
   */
  public static int[] order(int size, long seed, int epoch) {
    NamedRandom random = new NamedRandom(seed, "order of epoch " + epoch);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = (int) ((double) random.unit(i) * (i + 1)); // below i + 1: the product is exact
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
