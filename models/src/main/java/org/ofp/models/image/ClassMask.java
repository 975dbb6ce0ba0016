// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

import java.util.Arrays;

/** From logits to a class per pixel. */
public final class ClassMask {
  /** Pixels whose largest logits so far stay in the processor's first cache. */
  private static final int PIECE = 2048;

  private ClassMask() {}

  /**
   * The class with the largest logit at every pixel; the lowest index of equals.
   *
   * @param logits {@code [classes, rows, cols]}, row-major
   * @param classes at least 1
   * @return class indices {@code [rows, cols]}, row-major
   * @throws IllegalArgumentException if the logits are not whole planes, or one is NaN
   */
  public static int[] argmax(float[] logits, int classes) {
    if (classes < 1 || logits.length % classes != 0) {
      throw new IllegalArgumentException(
          logits.length + " logits are not the planes of " + classes + " classes");
    }
    int pixels = logits.length / classes;
    int[] mask = new int[pixels];
    float[] largest = new float[Math.min(pixels, PIECE)];
    for (int from = 0; from < pixels; from += PIECE) {
      int count = Math.min(PIECE, pixels - from);
      Arrays.fill(largest, Float.NEGATIVE_INFINITY);
      for (int index = 0; index < classes; index++) {
        int at = index * pixels + from;
        for (int i = 0; i < count; i++) {
          float logit = logits[at + i];
          if (logit > largest[i]) {
            largest[i] = logit;
            mask[from + i] = index;
          } else if (Float.isNaN(logit)) {
            throw new IllegalArgumentException(
                "the logit of class " + index + " at pixel " + (from + i) + " is NaN");
          }
        }
      }
    }
    return mask;
  }
}
