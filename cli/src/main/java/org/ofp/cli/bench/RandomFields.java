// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.SplittableRandom;

/** What benchmarks transform and convolve: the same numbers every time. */
public final class RandomFields {
  private RandomFields() {}

  /** Uniform from −1 to 1. */
  public static float[] of(int values) {
    SplittableRandom random = new SplittableRandom(1);
    float[] fields = new float[values];
    for (int i = 0; i < values; i++) {
      fields[i] = (float) (2 * random.nextDouble() - 1);
    }
    return fields;
  }
}
