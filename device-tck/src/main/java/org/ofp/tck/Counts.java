// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.Collections;
import java.util.List;
import org.ofp.device.FrameSequence;
import org.ofp.device.Readout;

/**
 * Counts of one kind of read of one frame, repeated as {@link Measurement} does, as a mean with the
 * uncertainty that converter and noise leave.
 */
final class Counts {
  private final Bench bench;
  private final double mean;
  private final double uncertainty;
  private final double[][] reads;

  private Counts(Bench bench, double[][] reads) {
    this.bench = bench;
    this.reads = reads;
    double[] means = new double[reads.length];
    double sum = 0;
    for (int i = 0; i < reads.length; i++) {
      for (double count : reads[i]) {
        means[i] += count / reads[i].length;
      }
      sum += means[i];
    }
    mean = sum / reads.length;
    double squares = 0;
    for (double m : means) {
      squares += (m - mean) * (m - mean);
    }
    double noise =
        reads.length == 1
            ? 0
            : Measurement.T * Math.sqrt(squares / (reads.length - 1) / reads.length);
    double converter = bench.capabilities().adcBits() == 0 ? 0 : 0.5;
    uncertainty = noise + converter + 1e-5 * Math.abs(mean);
  }

  /** Reads a frame. */
  static Counts of(Bench bench, TestFrame frame, Readout readout) {
    FrameSequence sequence =
        bench.run(bench.sequence(Collections.nCopies(bench.repeats(), frame), List.of(readout)));
    double[][] reads = new double[sequence.size()][];
    for (int i = 0; i < reads.length; i++) {
      float[] counts = bench.counts(sequence, i);
      reads[i] = new double[counts.length];
      for (int j = 0; j < counts.length; j++) {
        reads[i][j] = counts[j];
      }
    }
    return new Counts(bench, reads);
  }

  /** The counts of one pixel of the first plane. */
  Counts at(int pixel) {
    double[][] single = new double[reads.length][];
    for (int i = 0; i < reads.length; i++) {
      single[i] = new double[] {reads[i][pixel]};
    }
    return new Counts(bench, single);
  }

  /** The mean over reads, and pixels if they are several, must be near a value. */
  void requireNear(String what, double expected, double modulator) {
    double tolerance = uncertainty + modulator;
    Expect.that(
        Math.abs(mean - expected) <= tolerance,
        String.format(
            "%s: %.6g counts instead of %.6g, bits and noise explain ±%.2g",
            what, mean, expected, tolerance));
  }

  /** Values at the limit of the converter or the well, either end of a signed range. */
  static int atLimit(float[] counts, double fullScale) {
    int clipped = 0;
    for (float count : counts) {
      clipped += Math.abs(count) >= fullScale * (1 - 1e-6) ? 1 : 0;
    }
    return clipped;
  }

  /** Least-squares factor between two reads, their means taken out. */
  static double slope(float[] y, float[] x) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i] / x.length;
      meanY += y[i] / x.length;
    }
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
    }
    return xy / xx;
  }
}
