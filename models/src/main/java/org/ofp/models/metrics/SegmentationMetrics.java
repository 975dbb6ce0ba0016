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
 * part of a union either. Between {@linkplain #ofPredictions predictions} there is no such label.
 * Not thread-safe.
 */
public final class SegmentationMetrics {
  private static final int NONE = -1;

  private final int classes;
  private final int ignored;

  /** Pixels by label (rows) and prediction (columns): of all images, and of the current one. */
  private final long[][] confusion;

  private final long[][] current;
  private final SegmentationCounts counts;

  /**
   * No images yet.
   *
   * @param classes 1 to 255
   */
  public SegmentationMetrics(int classes) {
    this(classes, Samples.IGNORED, Samples.IGNORED);
  }

  /**
   * For predictions against other predictions in the place of labels: every pixel counts.
   *
   * @param classes 1 to 256
   */
  public static SegmentationMetrics ofPredictions(int classes) {
    return new SegmentationMetrics(classes, 1 << Byte.SIZE, NONE);
  }

  private SegmentationMetrics(int classes, int most, int ignored) {
    if (classes < 1 || classes > most) {
      throw new IllegalArgumentException("classes = " + classes + " must be from 1 to " + most);
    }
    this.classes = classes;
    this.ignored = ignored;
    confusion = new long[classes][classes];
    current = new long[classes][classes];
    counts = new SegmentationCounts(classes);
  }

  /**
   * Adds one image.
   *
   * @param labels classes as unsigned bytes, or {@link Samples#IGNORED}; from {@code labelOffset}
   *     on
   * @param predicted classes; from {@code predictedOffset} on
   * @param pixels of the image
   * @return the counts of this image alone
   * @throws IllegalArgumentException if a label or prediction is no class; the image does not count
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public SegmentationCounts add(
      byte[] labels, int labelOffset, int[] predicted, int predictedOffset, int pixels) {
    clearCurrent();
    for (int i = 0; i < pixels; i++) {
      count(labels[labelOffset + i] & 0xFF, predicted[predictedOffset + i], i);
    }
    return addCurrent();
  }

  /** As above; predicted classes as unsigned bytes. */
  public SegmentationCounts add(
      byte[] labels, int labelOffset, byte[] predicted, int predictedOffset, int pixels) {
    clearCurrent();
    for (int i = 0; i < pixels; i++) {
      count(labels[labelOffset + i] & 0xFF, predicted[predictedOffset + i] & 0xFF, i);
    }
    return addCurrent();
  }

  private void clearCurrent() {
    for (long[] row : current) {
      Arrays.fill(row, 0);
    }
  }

  private void count(int label, int prediction, int pixel) {
    if (prediction < 0 || prediction >= classes) {
      throw outside("predicted class", prediction, pixel);
    }
    if (label != ignored) {
      if (label >= classes) {
        throw outside("label", label, pixel);
      }
      current[label][prediction]++;
    }
  }

  private SegmentationCounts addCurrent() {
    counts.addImage(current);
    for (int c = 0; c < classes; c++) {
      for (int prediction = 0; prediction < classes; prediction++) {
        confusion[c][prediction] += current[c][prediction];
      }
    }
    SegmentationCounts image = new SegmentationCounts(classes);
    image.addImage(current);
    return image;
  }

  /** Share of right pixels. */
  public double pixelAccuracy() {
    return counts.pixelAccuracy();
  }

  /** Share of right pixels of a class in an image, mean over pairs of both. */
  public double classAccuracy() {
    return counts.classAccuracy();
  }

  /** Intersection over union of a class in an image, mean over pairs of both. */
  public double mIoU() {
    return counts.mIoU();
  }

  /** Intersection over union of a class in all images, mean over classes. */
  public double datasetMIoU() {
    return counts.datasetMIoU();
  }

  /** Intersection over union of one class in all images; NaN if it never occurs. */
  public double iou(int c) {
    return counts.iou(c);
  }

  /** Share of right pixels among those labelled as the class in all images; NaN if none is. */
  public double accuracy(int c) {
    return counts.accuracy(c);
  }

  /** Pixels by label (rows) and predicted class (columns), of all images; a copy. */
  public long[][] confusion() {
    return IntStream.range(0, classes).mapToObj(c -> confusion[c].clone()).toArray(long[][]::new);
  }

  private IllegalArgumentException outside(String what, int value, int pixel) {
    return new IllegalArgumentException(
        what + " " + value + " at pixel " + pixel + " is no class; there are " + classes);
  }
}
