// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.DetectorFrame;
import org.ofp.device.Determinism;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;

/** Single reads that must be alike: the same frame, id and repeat, shown by different ways. */
final class Readings {
  private static final double FLOAT_ERROR = 1e-5;

  private Readings() {}

  /** One read that shows as much of a frame as one read can, half of the range used. */
  static Readout readout(Bench bench, TestFrame frame) {
    double exposure = bench.exposureFor(frame);
    return bench.hasMode(ReadoutMode.FOUR_STEP)
        ? Readout.withReference(exposure, Math.PI / 2)
        : Readout.plain(exposure);
  }

  static void requireAlike(Bench bench, String what, DetectorFrame actual, DetectorFrame expected) {
    requireAlike(bench, what, counts(actual), counts(expected));
  }

  /**
   * Reads that repeat exactly must agree but for one count of the converter, since rounding errors
   * may differ by way. Of noisy ones only the likeness of the pattern is asked.
   */
  static void requireAlike(Bench bench, String what, float[] actual, float[] expected) {
    if (bench.capabilities().determinism() == Determinism.NONE) {
      double likeness = likeness(actual, expected);
      Expect.that(
          likeness > 0.5, String.format("%s gives another picture: likeness %.2f", what, likeness));
      return;
    }
    double largest = 0;
    for (float count : expected) {
      largest = Math.max(largest, Math.abs(count));
    }
    double tolerance = FLOAT_ERROR * largest + (bench.capabilities().adcBits() == 0 ? 0 : 1);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
        throw new AssertionError(
            what
                + " gives other counts: "
                + actual[i]
                + " instead of "
                + expected[i]
                + " at index "
                + i);
      }
    }
  }

  static float[] counts(DetectorFrame frame) {
    float[] counts = new float[frame.planes() * frame.shape().pixels()];
    frame.counts().get(frame.offset(), counts);
    return counts;
  }

  /** Correlation of what departs from the mean, −1 to 1. */
  static double likeness(float[] a, float[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
