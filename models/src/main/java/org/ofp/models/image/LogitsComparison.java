// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

/**
 * How close a device's logits come to a reference.
 *
 * @param agreement fraction of pixels with the same class, in [0, 1]
 * @param snrDb signal-to-noise ratio in decibels: 10·log₁₀(‖reference‖² / ‖logits − reference‖²),
 *     sums over all classes and pixels, nothing subtracted from the reference before; infinite if
 *     there is no difference
 */
public record LogitsComparison(double agreement, double snrDb) {
  /**
   * Compares the logits of one image.
   *
   * @param reference {@code [classes, rows, cols]}, row-major
   * @param logits of the same shape
   * @param classes at least 1
   * @throws IllegalArgumentException if the sizes differ, are not whole planes or zero, or a value
   *     is NaN
   */
  public static LogitsComparison of(float[] reference, float[] logits, int classes) {
    LogitsComparer comparer = new LogitsComparer();
    comparer.add(
        reference, ClassMask.argmax(reference, classes), logits, ClassMask.argmax(logits, classes));
    return comparer.result();
  }
}
