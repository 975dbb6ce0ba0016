// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ofp.models.evaluation.Interval;
import org.ofp.models.metrics.SegmentationCounts;

/**
 * 95 % confidence intervals, each its lower and its upper end; null where they cannot be told.
 *
 * @param pixelAccuracy of the figure of that name, as the others
 */
public record Intervals(
    List<Double> pixelAccuracy,
    List<Double> classAccuracy,
    List<Double> mIoU,
    List<Double> datasetMIoU) {

  /**
   * Those of all figures.
   *
   * @param interval of one of them; null if unknown
   */
  static Intervals of(Function<ToDoubleFunction<SegmentationCounts>, List<Double>> interval) {
    return new Intervals(
        interval.apply(SegmentationCounts::pixelAccuracy),
        interval.apply(SegmentationCounts::classAccuracy),
        interval.apply(SegmentationCounts::mIoU),
        interval.apply(SegmentationCounts::datasetMIoU));
  }

  /** Both ends. */
  static List<Double> ends(Interval interval) {
    return List.of(interval.low(), interval.high());
  }
}
