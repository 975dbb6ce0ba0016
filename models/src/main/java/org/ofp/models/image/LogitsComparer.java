// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

/**
 * Compares the logits of an image that comes in parts, each pixel in one of them. Not thread-safe.
 */
public final class LogitsComparer {
  private long pixels;
  private long same;
  private double signal;
  private double noise;

  /**
   * Adds a part.
   *
   * @param reference {@code [classes, rows, cols]}, row-major
   * @param expected their {@link ClassMask#argmax}, {@code [rows, cols]}
   * @param logits of the shape of {@code reference}
   * @param found their {@link ClassMask#argmax}
   * @throws IllegalArgumentException if the sizes differ or are zero
   */
  public void add(float[] reference, int[] expected, float[] logits, int[] found) {
    requireAlike("logits", logits.length, reference.length);
    requireAlike("pixels", found.length, expected.length);
    for (int i = 0; i < found.length; i++) {
      if (found[i] == expected[i]) {
        same++;
      }
    }
    pixels += found.length;
    for (int i = 0; i < logits.length; i++) {
      double difference = (double) logits[i] - reference[i];
      signal += (double) reference[i] * reference[i];
      noise += difference * difference;
    }
  }

  private static void requireAlike(String what, int own, int others) {
    if (own != others || own == 0) {
      throw new IllegalArgumentException(own + " " + what + " cannot be compared with " + others);
    }
  }

  /**
   * How close all parts together come to the reference.
   *
   * @throws IllegalStateException if there is none
   */
  public LogitsComparison result() {
    if (pixels == 0) {
      throw new IllegalStateException("nothing has been compared");
    }
    double snrDb = noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
    return new LogitsComparison((double) same / pixels, snrDb);
  }
}
