// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ofp.models.data.Samples;

/**
 * How well predicted classes agree with labels, over any number of images. All figures are percent,
 * and NaN where nothing defines them (no labelled pixel).
 *
 * <p>Pixel accuracy is the share of right pixels among all. Class accuracy and mIoU follow the
 * source article's listing: for every image and every class that its label has, the share of the
 * class's pixels that are right, and the intersection of label and prediction over their union;
 * then the mean over all these (image, class) pairs, each counting alike. The data-set-wide mIoU is
 * the usual one: the mean, over the classes that occur in any label or prediction, of the
 * intersection over union of all images' pixels together.
 *
 * <p>Pixels whose label is {@link Samples#IGNORED} count nowhere; what was predicted there is not
 * part of a union either. Not thread-safe.
 */
public final class SegmentationMetrics {
  private static final double PERCENT = 100;

  private final int classes;

  /** Pixels by label (rows) and prediction (columns): of all images, and of the current one. */
  private final long[][] confusion;

  private final long[][] current;
  private long pairs;
  private double accuracies;
  private double unions;

  /**
   * No images yet.
   *
   * @param classes 1 to 255
   */
  public SegmentationMetrics(int classes) {
    if (classes < 1 || classes > Samples.IGNORED) {
      throw new IllegalArgumentException("classes = " + classes + " must be from 1 to 255");
    }
    this.classes = classes;
    confusion = new long[classes][classes];
    current = new long[classes][classes];
  }

  /**
   * Adds one image.
   *
   * @param labels classes as unsigned bytes, or {@link Samples#IGNORED}; from {@code labelOffset}
   *     on
   * @param predicted classes; from {@code predictedOffset} on
   * @param pixels of the image
   * @throws IllegalArgumentException if a label or prediction is no class; the image does not count
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void add(
      byte[] labels, int labelOffset, int[] predicted, int predictedOffset, int pixels) {
    for (long[] row : current) {
      Arrays.fill(row, 0);
    }
    for (int i = 0; i < pixels; i++) {
      int label = labels[labelOffset + i] & 0xFF;
      int prediction = predicted[predictedOffset + i];
      if (prediction < 0 || prediction >= classes) {
        throw outside("predicted class", prediction, i);
      }
      if (label != Samples.IGNORED) {
        if (label >= classes) {
          throw outside("label", label, i);
        }
        current[label][prediction]++;
      }
    }
    for (int c = 0; c < classes; c++) {
      long labelled = labelled(current, c);
      if (labelled > 0) {
        pairs++;
        accuracies += (double) current[c][c] / labelled;
        unions += (double) current[c][c] / union(current, c);
      }
      for (int prediction = 0; prediction < classes; prediction++) {
        confusion[c][prediction] += current[c][prediction];
      }
    }
  }

  /** Share of right pixels. */
  public double pixelAccuracy() {
    long right = IntStream.range(0, classes).mapToLong(c -> confusion[c][c]).sum();
    long all = IntStream.range(0, classes).mapToLong(c -> labelled(confusion, c)).sum();
    return PERCENT * right / all;
  }

  /** Share of right pixels of a class in an image, mean over pairs of both. */
  public double classAccuracy() {
    return PERCENT * accuracies / pairs;
  }

  /** Intersection over union of a class in an image, mean over pairs of both. */
  public double mIoU() {
    return PERCENT * unions / pairs;
  }

  /** Intersection over union of a class in all images, mean over classes. */
  public double datasetMIoU() {
    return IntStream.range(0, classes)
        .mapToDouble(this::iou)
        .filter(iou -> !Double.isNaN(iou))
        .average()
        .orElse(Double.NaN);
  }

  /** Intersection over union of one class in all images; NaN if it never occurs. */
  public double iou(int c) {
    return PERCENT * confusion[c][c] / union(confusion, c);
  }

  /** Share of right pixels among those labelled as the class in all images; NaN if none is. */
  public double accuracy(int c) {
    return PERCENT * confusion[c][c] / labelled(confusion, c);
  }

  /** Pixels by label (rows) and predicted class (columns), of all images; a copy. */
  public long[][] confusion() {
    return IntStream.range(0, classes).mapToObj(c -> confusion[c].clone()).toArray(long[][]::new);
  }

  private static long labelled(long[][] matrix, int c) {
    long sum = 0;
    for (long pixels : matrix[c]) {
      sum += pixels;
    }
    return sum;
  }

  private static long union(long[][] matrix, int c) {
    long sum = labelled(matrix, c) - matrix[c][c];
    for (long[] row : matrix) {
      sum += row[c];
    }
    return sum;
  }

  private IllegalArgumentException outside(String what, int value, int pixel) {
    return new IllegalArgumentException(
        what + " " + value + " at pixel " + pixel + " is no class; there are " + classes);
  }
}
