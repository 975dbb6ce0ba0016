// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

/** From logits to a class per pixel. */
public final class ClassMask {
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
    for (int i = 0; i < logits.length; i++) {
      int pixel = i % pixels;
      if (Float.isNaN(logits[i])) {
        throw new IllegalArgumentException(
            "the logit of class " + i / pixels + " at pixel " + pixel + " is NaN");
      }
      if (logits[i] > logits[mask[pixel] * pixels + pixel]) {
        mask[pixel] = i / pixels;
      }
    }
    return mask;
  }
}
