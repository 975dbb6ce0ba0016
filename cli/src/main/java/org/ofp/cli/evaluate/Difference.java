// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.evaluate;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ofp.models.evaluation.Bootstrap;
import org.ofp.models.evaluation.Figure;

/**
 * A network's figures on a device less those of its electronic twin, in points of percent. The
 * intervals are of the differences, by drawing the same pictures for both.
 *
 * @param pixelAccuracy see {@link Figures}, as for the others
 * @param intervals of these four
 * @param perClass every class, also those that do not occur
 */
public record Difference(
    double pixelAccuracy,
    double classAccuracy,
    double mIoU,
    double datasetMIoU,
    Intervals intervals,
    List<ClassDifference> perClass) {

  /**
   * How differently they did on one class.
   *
   * @param index of the class
   * @param name for people
   * @param iou difference of intersection over union; NaN if one of them is not defined
   * @param iouInterval lower and upper end; null if too few pictures have the class, see {@link
   *     Bootstrap}
   */
  public record ClassDifference(int index, String name, double iou, List<Double> iouInterval) {}

  static Difference of(
      Figures figures, Bootstrap bootstrap, Figures electronic, Bootstrap ofElectronic) {
    Function<Figure, List<Double>> interval =
        figure -> bootstrap.difference(ofElectronic, figure).map(Intervals::ends).orElse(null);
    List<ClassDifference> perClass =
        IntStream.range(0, figures.perClass().size())
            .mapToObj(
                c ->
                    new ClassDifference(
                        c,
                        figures.perClass().get(c).name(),
                        figures.perClass().get(c).iou() - electronic.perClass().get(c).iou(),
                        interval.apply(Figure.iou(c))))
            .toList();
    return new Difference(
        figures.pixelAccuracy() - electronic.pixelAccuracy(),
        figures.classAccuracy() - electronic.classAccuracy(),
        figures.mIoU() - electronic.mIoU(),
        figures.datasetMIoU() - electronic.datasetMIoU(),
        Intervals.of(interval),
        perClass);
  }
}
