// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ofp.models.evaluation.Bootstrap;
import org.ofp.models.evaluation.Figure;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.metrics.SegmentationMetrics;

/**
 * How well a network did; percent, see {@link SegmentationMetrics}.
 *
 * @param pixelAccuracy share of right pixels
 * @param classAccuracy mean over (image, class) pairs
 * @param mIoU mean over (image, class) pairs
 * @param datasetMIoU from one confusion matrix
 * @param intervals of these four
 * @param perClass every class, also those that do not occur
 * @param confusion pixels by label (rows) and prediction (columns)
 */
public record Figures(
    double pixelAccuracy,
    double classAccuracy,
    double mIoU,
    double datasetMIoU,
    Intervals intervals,
    List<ClassFigures> perClass,
    List<long[]> confusion) {

  /**
   * How well a network did on one class.
   *
   * @param index of the class
   * @param name for people
   * @param pixels labelled as the class
   * @param share of all labelled pixels, percent
   * @param accuracy share of the class's pixels that are right, percent; NaN if there is none
   * @param iou intersection over union, percent; NaN if it occurs neither in labels nor in
   *     predictions
   * @param iouInterval lower and upper end; null if too few pictures have the class, see {@link
   *     Bootstrap}
   */
  public record ClassFigures(
      int index,
      String name,
      long pixels,
      double share,
      double accuracy,
      double iou,
      List<Double> iouInterval) {}

  static Figures of(SegmentationMetrics metrics, Bootstrap bootstrap, ClassPalette classes) {
    long[][] confusion = metrics.confusion();
    long[] labelled = Arrays.stream(confusion).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    long all = Arrays.stream(labelled).sum();
    Function<Figure, List<Double>> interval =
        figure -> bootstrap.interval(figure).map(Intervals::ends).orElse(null);
    List<ClassFigures> perClass =
        IntStream.range(0, confusion.length)
            .mapToObj(
                c ->
                    new ClassFigures(
                        c,
                        classes.classes().get(c).name(),
                        labelled[c],
                        100.0 * labelled[c] / all,
                        metrics.accuracy(c),
                        metrics.iou(c),
                        interval.apply(Figure.iou(c))))
            .toList();
    return new Figures(
        metrics.pixelAccuracy(),
        metrics.classAccuracy(),
        metrics.mIoU(),
        metrics.datasetMIoU(),
        Intervals.of(interval),
        perClass,
        List.of(confusion));
  }
}
