// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import java.util.Arrays;

/**
 * Repeated measurements of one thing. Medians are for reports: one slow or one lucky run does not
 * move them. Minima are for comparisons on a machine that others use too.
 */
public final class Samples {
  private double[] values = new double[64];
  private int count;

  /** Adds a measurement. */
  public void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The middle one; the mean of the two in the middle where their number is even. */
  public double median() {
    double[] sorted = sorted();
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  }

  /** The smallest. */
  public double min() {
    return sorted()[0];
  }

  /**
   * The smallest measurement that so many per cent of all do not exceed; with fewer than 100 of
   * them the 99th percentile is the largest.
   *
   * @param percent above 0 to 100
   */
  public double percentile(double percent) {
    return sorted()[(int) Math.ceil(percent / 100 * count) - 1];
  }

  private double[] sorted() {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
