// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ofp.models.metrics.SegmentationCounts;

/**
 * A figure of which {@link Bootstrap} can tell the confidence interval: its value, and from how
 * many pictures it follows. Immutable and thread-safe.
 */
public final class Figure {
  /** {@link SegmentationCounts#pixelAccuracy}. */
  public static final Figure PIXEL_ACCURACY = new Figure(SegmentationCounts::pixelAccuracy, false);

  /** {@link SegmentationCounts#classAccuracy}. */
  public static final Figure CLASS_ACCURACY = new Figure(SegmentationCounts::classAccuracy, false);

  /** {@link SegmentationCounts#mIoU}. */
  public static final Figure MIOU = new Figure(SegmentationCounts::mIoU, false);

  /** {@link SegmentationCounts#datasetMIoU}. */
  public static final Figure DATASET_MIOU = new Figure(SegmentationCounts::datasetMIoU, true);

  private final ToDoubleFunction<SegmentationCounts> value;
  private final boolean meanOverClasses;

  private Figure(ToDoubleFunction<SegmentationCounts> value, boolean meanOverClasses) {
    this.value = value;
    this.meanOverClasses = meanOverClasses;
  }

  /** {@link SegmentationCounts#iou} of a class, where it is labelled. */
  public static Figure iou(int c) {
    return new Figure(counts -> counts.labelled(c) > 0 ? counts.iou(c) : Double.NaN, false);
  }

  /** The figure, in percent; NaN where it is not defined. */
  double of(SegmentationCounts counts) {
    return value.applyAsDouble(counts);
  }

  /** How many pictures define it, each alone. */
  int definedBy(List<SegmentationCounts> pictures) {
    return (int) pictures.stream().filter(picture -> !Double.isNaN(of(picture))).count();
  }

  /**
   * In how many pictures the rarest of the classes is labelled that it is a mean over; if it is
   * none, as many as define it. 0 if a class is found that is labelled nowhere.
   */
  int leastSupport(List<SegmentationCounts> pictures) {
    if (!meanOverClasses) {
      return definedBy(pictures);
    }
    SegmentationCounts all = new SegmentationCounts(pictures.get(0).classes());
    pictures.forEach(all::add);
    return IntStream.range(0, all.classes())
        .filter(c -> !Double.isNaN(all.iou(c)))
        .map(c -> iou(c).definedBy(pictures))
        .min()
        .orElse(0);
  }
}
