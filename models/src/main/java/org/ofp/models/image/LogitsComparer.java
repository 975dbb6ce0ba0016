// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

/**
 * Compares the logits of an image that comes in parts, each pixel in one of them. Not thread-safe.
 */
public final class LogitsComparer {
  private final int classes;
  private long pixels;
  private long same;
  private double signal;
  private double noise;

  /**
   * No parts yet.
   *
   * @param classes at least 1
   */
  public LogitsComparer(int classes) {
    this.classes = classes;
  }

  /**
   * Adds a part.
   *
   * @param reference {@code [classes, rows, cols]}, row-major
   * @param logits of the same shape
   * @throws IllegalArgumentException if the sizes differ, are not whole planes or zero, or a value
   *     is NaN
   */
  public void add(float[] reference, float[] logits) {
    if (reference.length != logits.length || reference.length == 0) {
      throw new IllegalArgumentException(
          logits.length + " logits cannot be compared with " + reference.length);
    }
    int[] expected = ClassMask.argmax(reference, classes);
    int[] found = ClassMask.argmax(logits, classes);
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
