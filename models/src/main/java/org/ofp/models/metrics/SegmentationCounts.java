// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.metrics;

import java.util.stream.IntStream;

/**
 * What all figures of some images follow from: per class the pixels that are labelled, predicted
 * and both, and the sums over (image, class) pairs. The figures are defined in {@link
 * SegmentationMetrics}; they are percent, and NaN where nothing defines them.
 *
 * <p>Counts of disjoint sets of images {@linkplain #add add up}. Takes 24 bytes a class. Not
 * thread-safe.
 */
public final class SegmentationCounts {
  private static final double PERCENT = 100;

  private final long[] right;
  private final long[] labelled;
  private final long[] predicted;
  private long pairs;
  private double accuracySum;
  private double iouSum;

  /**
   * No images yet.
   *
   * @param classes at least 1
   */
  public SegmentationCounts(int classes) {
    right = new long[classes];
    labelled = new long[classes];
    predicted = new long[classes];
  }

  /**
   * Adds one image.
   *
   * @param confusion its pixels by label (rows) and prediction (columns)
   */
  void addImage(long[][] confusion) {
    for (int c = 0; c < right.length; c++) {
      long inLabels = 0;
      long inPredictions = 0;
      for (int other = 0; other < right.length; other++) {
        inLabels += confusion[c][other];
        inPredictions += confusion[other][c];
      }
      if (inLabels > 0) {
        pairs++;
        accuracySum += (double) confusion[c][c] / inLabels;
        iouSum += (double) confusion[c][c] / (inLabels + inPredictions - confusion[c][c]);
      }
      right[c] += confusion[c][c];
      labelled[c] += inLabels;
      predicted[c] += inPredictions;
    }
  }

  /**
   * Adds the counts of other images.
   *
   * @throws IndexOutOfBoundsException if they have fewer classes
   */
  public void add(SegmentationCounts other) {
    pairs += other.pairs;
    accuracySum += other.accuracySum;
    iouSum += other.iouSum;
    for (int c = 0; c < right.length; c++) {
      right[c] += other.right[c];
      labelled[c] += other.labelled[c];
      predicted[c] += other.predicted[c];
    }
  }

  /** How many classes there are. */
  public int classes() {
    return right.length;
  }

  /** Pixels labelled as the class. */
  public long labelled(int c) {
    return labelled[c];
  }

  /** Share of right pixels. */
  public double pixelAccuracy() {
    return PERCENT * IntStream.range(0, right.length).mapToLong(c -> right[c]).sum() / labelled();
  }

  /** Share of right pixels of a class in an image, mean over pairs of both. */
  public double classAccuracy() {
    return PERCENT * accuracySum / pairs;
  }

  /** Intersection over union of a class in an image, mean over pairs of both. */
  public double mIoU() {
    return PERCENT * iouSum / pairs;
  }

  /** Intersection over union of a class in all images, mean over classes. */
  public double datasetMIoU() {
    return IntStream.range(0, right.length)
        .mapToDouble(this::iou)
        .filter(iou -> !Double.isNaN(iou))
        .average()
        .orElse(Double.NaN);
  }

  /** Intersection over union of one class in all images; NaN if it never occurs. */
  public double iou(int c) {
    return PERCENT * right[c] / (labelled[c] + predicted[c] - right[c]);
  }

  /** Share of right pixels among those labelled as the class in all images; NaN if none is. */
  public double accuracy(int c) {
    return PERCENT * right[c] / labelled[c];
  }

  /** Pixels labelled as any class. */
  public long labelled() {
    return IntStream.range(0, labelled.length).mapToLong(c -> labelled[c]).sum();
  }
}
