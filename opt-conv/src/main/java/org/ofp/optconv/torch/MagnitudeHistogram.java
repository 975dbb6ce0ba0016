// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * How often magnitudes occur: bins of equal width, whose range doubles as larger values come. A
 * percentile is exact to a bin, which is at most 1/{@value #BINS}·2 of the greatest value.
 */
final class MagnitudeHistogram {
  private static final int BINS = 8192;
  private static final int RUN = 4096;

  private final long[] counts = new long[BINS];
  private double width;
  private double greatest;
  private long values;

  /**
   * Adds values.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  void add(FloatBuffer x) {
    float[] run = new float[Math.min(RUN, x.capacity())];
    for (int from = 0; from < x.capacity(); from += run.length) {
      int n = Math.min(run.length, x.capacity() - from);
      x.get(from, run, 0, n);
      float most = 0;
      for (int i = 0; i < n; i++) {
        run[i] = Math.abs(run[i]);
        most = Math.max(most, run[i]); // keeps a NaN
      }
      if (!(most <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException("the input holds NaN or infinite values");
      }
      widen(most);
      count(run, n);
    }
  }

  private void widen(double most) {
    greatest = Math.max(greatest, most);
    if (width == 0) {
      width = most / (BINS - 1);
    }
    while (most > (BINS - 1) * width && width > 0) {
      for (int i = 0; i < BINS / 2; i++) {
        counts[i] = counts[2 * i] + counts[2 * i + 1];
      }
      Arrays.fill(counts, BINS / 2, BINS, 0);
      width *= 2;
    }
  }

  private void count(float[] magnitudes, int n) {
    double scale = width == 0 ? 0 : 1 / width;
    for (int i = 0; i < n; i++) {
      counts[(int) Math.min(BINS - 1, magnitudes[i] * scale)]++;
    }
    values += n;
  }

  /** The greatest value. */
  double greatest() {
    return greatest;
  }

  /**
   * A magnitude that at least so many of 100 values do not exceed: the upper edge of the bin in
   * which the percentile lies, at most the greatest value.
   *
   * @param percentile above 0, up to 100
   */
  double percentile(double percentile) {
    double wanted = percentile / 100 * values;
    long seen = 0;
    for (int i = 0; i < BINS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(greatest, (i + 1) * width);
      }
    }
    return greatest;
  }
}
