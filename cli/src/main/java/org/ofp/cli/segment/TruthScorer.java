// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.metrics.SegmentationMetrics;

/** Counts how well classes agree with the ground truth, over any number of pictures. */
public final class TruthScorer {
  private final ClassPalette palette;
  private final SegmentationMetrics found;
  private final SegmentationMetrics electronic;
  private boolean compared;

  /** No pictures yet. */
  public TruthScorer(ClassPalette palette) {
    this.palette = palette;
    found = new SegmentationMetrics(palette.size());
    electronic = new SegmentationMetrics(palette.size());
  }

  /** Adds a picture; classes as unsigned bytes. */
  public void add(byte[] truth, byte[] classes, Optional<byte[]> electronicClasses) {
    found.add(truth, 0, classes, 0, classes.length);
    electronicClasses.ifPresent(
        exact -> {
          electronic.add(truth, 0, exact, 0, exact.length);
          compared = true;
        });
  }

  /** How well those added agree. */
  public TruthScores scores() {
    return scores(found, compared ? scores(electronic, null) : null);
  }

  private TruthScores scores(SegmentationMetrics metrics, TruthScores exact) {
    List<TruthScores.ClassScore> perClass = new ArrayList<>();
    for (int i = 0; i < palette.size(); i++) {
      double iou = metrics.iou(i);
      if (!Double.isNaN(iou)) {
        perClass.add(new TruthScores.ClassScore(i, palette.classes().get(i).name(), iou));
      }
    }
    return new TruthScores(metrics.pixelAccuracy(), metrics.mIoU(), perClass, exact);
  }
}
