// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.segment.PictureResult;

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

  /** The classes that occur anywhere, the most frequent first. */
  static List<ClassRow> of(PictureResult result) {
    int classes = result.palette().size();
    byte[] found = result.classes();
    ClassOverlap own = ClassOverlap.of(found, found, classes);
    Optional<ClassOverlap> electronic =
        result.electronic().map(reference -> ClassOverlap.of(reference, found, classes));
    Optional<ClassOverlap> truth =
        result.truth().map(reference -> ClassOverlap.ofTruth(reference, found, classes));
    Optional<ClassOverlap> truthElectronic =
        result
            .truth()
            .flatMap(t -> result.electronic().map(e -> ClassOverlap.ofTruth(t, e, classes)));
    List<ClassRow> rows = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int index = c;
      long pixels =
          own.pixels(c)
              + electronic.map(o -> o.pixels(index)).orElse(0L)
              + truth.map(o -> o.pixels(index)).orElse(0L);
      if (pixels > 0) {
        rows.add(
            new ClassRow(
                c,
                result.palette().classes().get(c).name(),
                String.format("#%06x", result.palette().classes().get(c).argb() & 0xFFFFFF),
                own.share(c),
                electronic.map(o -> o.share(index)).orElse(Double.NaN),
                truth.map(o -> o.share(index)).orElse(Double.NaN),
                electronic.map(o -> o.recall(index)).orElse(Double.NaN),
                truth.map(o -> o.iou(index)).orElse(Double.NaN),
                truthElectronic.map(o -> o.iou(index)).orElse(Double.NaN)));
      }
    }
    rows.sort(Comparator.comparingDouble(ClassRow::share).reversed());
    return rows;
  }
}
