// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.util.List;

/**
 * How well classes agree with the ground truth, in percent, as {@link
 * org.ofp.models.metrics.SegmentationMetrics} defines it; NaN where no pixel counts.
 *
 * @param pixelAccuracy share of right pixels
 * @param mIoU intersection over union, mean over the classes of each image's truth
 * @param perClass the classes that occur in truth or masks
 * @param electronic the same of the electronic network; null unless compared
 */
public record TruthScores(
    double pixelAccuracy, double mIoU, List<ClassScore> perClass, TruthScores electronic) {

  /**
   * How well one class was found.
   *
   * @param index of the class
   * @param name for people
   * @param iou intersection over union, over all pixels
   */
  public record ClassScore(int index, String name, double iou) {}

  /** Intersection over union of one class, over all pixels; NaN if it does not occur. */
  public double iou(int index) {
    return perClass.stream()
        .filter(one -> one.index() == index)
        .mapToDouble(ClassScore::iou)
        .findFirst()
        .orElse(Double.NaN);
  }
}
