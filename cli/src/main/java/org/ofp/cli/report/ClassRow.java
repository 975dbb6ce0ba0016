// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.PictureResult;
import org.ofp.cli.segment.TruthScores;
import org.ofp.models.metrics.SegmentationCounts;
import org.ofp.models.metrics.SegmentationMetrics;

/**
 * A class in numbers. What was not compared, or has no ground truth, is NaN; so is what nothing
 * defines.
 *
 * @param index of the class
 * @param name for people
 * @param colour {@code #rrggbb}
 * @param share of the pixels, where the network ran
 * @param electronicShare of the pixels, electronically
 * @param truthShare of the counted pixels, in the ground truth
 * @param kept share of the pixels electronically of the class that are so optically too
 * @param iou against the ground truth, where the network ran
 * @param electronicIou against the ground truth, electronically
 */
record ClassRow(
    int index,
    String name,
    String colour,
    double share,
    double electronicShare,
    double truthShare,
    double kept,
    double iou,
    double electronicIou) {
  private static final double PERCENT = 100;

  /** The classes that occur anywhere, the most frequent first. */
  static List<ClassRow> of(PictureResult result) {
    int classes = result.palette().size();
    byte[] found = result.classes();
    double[] shares = new double[classes];
    for (ImageReport.ClassShare there : result.report().classes()) {
      shares[there.index()] = there.share();
    }
    Optional<SegmentationCounts> electronic =
        result
            .electronic()
            .map(e -> SegmentationMetrics.ofPredictions(classes).add(e, 0, found, 0, found.length));
    Optional<SegmentationCounts> truth =
        result.truth().map(t -> new SegmentationMetrics(classes).add(t, 0, found, 0, found.length));
    Optional<TruthScores> scores = Optional.ofNullable(result.report().truth());
    Optional<TruthScores> electronicScores = scores.map(TruthScores::electronic);
    List<ClassRow> rows = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int index = c;
      double electronicShare = shareIn(electronic, c);
      double truthShare = shareIn(truth, c);
      if (shares[c] > 0 || electronicShare > 0 || truthShare > 0) {
        rows.add(
            new ClassRow(
                c,
                result.palette().classes().get(c).name(),
                result.palette().classes().get(c).hex(),
                shares[c],
                electronicShare,
                truthShare,
                electronic.map(counts -> counts.accuracy(index)).orElse(Double.NaN) / PERCENT,
                scores.map(one -> one.iou(index)).orElse(Double.NaN) / PERCENT,
                electronicScores.map(one -> one.iou(index)).orElse(Double.NaN) / PERCENT));
      }
    }
    rows.sort(Comparator.comparingDouble(ClassRow::share).reversed());
    return rows;
  }

  private static double shareIn(Optional<SegmentationCounts> counts, int c) {
    return counts.map(all -> (double) all.labelled(c) / all.labelled()).orElse(Double.NaN);
  }
}
