// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.List;
import java.util.function.Function;
import org.ofp.models.evaluation.Figure;
import org.ofp.models.evaluation.Interval;

/**
 * 95 % confidence intervals, each its lower and its upper end; null where they cannot be told.
 *
 * @param pixelAccuracy of the figure of that name, as the others
 * @param datasetMIoU null also if one of its classes is in the masks of too few pictures
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
  static Intervals of(Function<Figure, List<Double>> interval) {
    return new Intervals(
        interval.apply(Figure.PIXEL_ACCURACY),
        interval.apply(Figure.CLASS_ACCURACY),
        interval.apply(Figure.MIOU),
        interval.apply(Figure.DATASET_MIOU));
  }

  /** Both ends. */
  static List<Double> ends(Interval interval) {
    return List.of(interval.low(), interval.high());
  }
}
