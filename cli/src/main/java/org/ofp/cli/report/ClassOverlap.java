// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ofp.models.data.Samples;

/**
 * How two class maps of one picture lie over each other, class by class. Pixels that a ground truth
 * does not count ({@link Samples#IGNORED}) count nowhere.
 */
final class ClassOverlap {
  private static final int NONE = -1;

  private final long[] reference;
  private final long[] found;
  private final long[] both;
  private final long pixels;

  private ClassOverlap(long[] reference, long[] found, long[] both) {
    this.reference = reference;
    this.found = found;
    this.both = both;
    pixels = Arrays.stream(reference).sum();
  }

  /**
   * Counts what was found against what was found elsewhere.
   *
   * @param reference classes as unsigned bytes, each below {@code classes}
   * @param found likewise, as many
   */
  static ClassOverlap of(byte[] reference, byte[] found, int classes) {
    return of(reference, found, classes, NONE);
  }

  /** As {@link #of}, against a ground truth, which may have pixels that do not count. */
  static ClassOverlap ofTruth(byte[] truth, byte[] found, int classes) {
    return of(truth, found, classes, Samples.IGNORED);
  }

  private static ClassOverlap of(byte[] reference, byte[] found, int classes, int ignored) {
    long[] wantedCounts = new long[classes];
    long[] foundCounts = new long[classes];
    long[] both = new long[classes];
    for (int i = 0; i < reference.length; i++) {
      int wanted = reference[i] & 0xFF;
      int got = found[i] & 0xFF;
      if (wanted != ignored) {
        wantedCounts[wanted]++;
        foundCounts[got]++;
        both[wanted] += wanted == got ? 1 : 0;
      }
    }
    return new ClassOverlap(wantedCounts, foundCounts, both);
  }

  /** Pixels of the class in the reference. */
  long pixels(int c) {
    return reference[c];
  }

  /** Share of the class in the reference's counted pixels; NaN if there are none. */
  double share(int c) {
    return (double) reference[c] / pixels;
  }

  /** Share of counted pixels in which both have the same class; NaN if there are none. */
  double agreement() {
    return (double) Arrays.stream(both).sum() / pixels;
  }

  /** Share of the class's pixels that were found to be of it; NaN if the reference has none. */
  double recall(int c) {
    return (double) both[c] / reference[c];
  }

  /** Intersection over union; NaN if neither has the class. */
  double iou(int c) {
    return (double) both[c] / (reference[c] + found[c] - both[c]);
  }

  /** Mean IoU over the classes that the reference has, the article's definition for one image. */
  double meanIou() {
    return IntStream.range(0, reference.length)
        .filter(c -> reference[c] > 0)
        .mapToDouble(this::iou)
        .average()
        .orElse(Double.NaN);
  }
}
