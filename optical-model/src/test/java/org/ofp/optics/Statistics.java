// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Bounds for tests on random numbers. Seeds are fixed, so a test that passes once always does. */
final class Statistics {
  /** Standard errors allowed: a sound generator fails one such test in 1.7 million. */
  static final double SIGMAS = 5;

  private Statistics() {}

  /** The full count in the full tier, else the quick one. */
  static int count(int quick, int full) {
    return "full".equals(System.getProperty("ofp.tests")) ? full : quick;
  }

  /** A uniform number in the open interval (0, 1) from 64 random bits. */
  static double uniform(long bits) {
    return ((bits >>> 12) + 0.5) * 0x1p-52;
  }

  static void assertWithin(double expected, double actual, double allowance, String label) {
    assertTrue(
        Math.abs(actual - expected) <= allowance,
        () -> label + ": " + actual + " is not " + expected + " ± " + allowance);
  }

  /**
   * Standardises a chi-square by Wilson and Hilferty (1931): about normal. Both tails count: a fit
   * that is too good is as suspicious.
   */
  static double standardised(double chiSquare, int degrees) {
    double a = 2.0 / (9 * degrees);
    return (Math.cbrt(chiSquare / degrees) - (1 - a)) / Math.sqrt(a);
  }

  static double chiSquare(int[] observed, double expected) {
    double sum = 0;
    for (int o : observed) {
      sum += (o - expected) * (o - expected) / expected;
    }
    return sum;
  }

  /** Sums of powers about a centre. */
  static final class Moments {
    private final double centre;
    private final double[] sums = new double[4];
    private long n;

    Moments(double centre) {
      this.centre = centre;
    }

    void add(double x) {
      double d = x - centre;
      sums[0] += d;
      sums[1] += d * d;
      sums[2] += d * d * d;
      sums[3] += d * d * d * d;
      n++;
    }

    /** Mean of the power about the centre. */
    double about(int power) {
      return sums[power - 1] / n;
    }
  }
}
