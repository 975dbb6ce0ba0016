// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.stream.IntStream;

/** Moments of random numbers, and how well they are known. */
final class Sample {
  /** Standard errors allowed to a statistic; seeds are fixed, so a pass is a pass for ever. */
  static final double SIGMAS = 5;

  /** What the report says of tolerances that follow from {@link #SIGMAS}. */
  static final String ORIGIN = "5 standard errors";

  private Sample() {}

  /** A quick count, or with {@code -Dofp.tests=full} the full one. */
  static int count(int quick, int full) {
    return "full".equals(System.getProperty("ofp.tests")) ? full : quick;
  }

  static double mean(double[] x) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum() / x.length;
  }

  static double variance(double[] x) {
    return covariance(x, x);
  }

  static double covariance(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    return IntStream.range(0, x.length).mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY)).sum()
        / x.length;
  }

  static double correlation(double[] x, double[] y) {
    return covariance(x, y) / Math.sqrt(variance(x) * variance(y));
  }

  static double[] difference(double[] x, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] - y[i]).toArray();
  }

  /** Allowance for the mean of n values with this variance. */
  static double ofMean(double variance, int n) {
    return SIGMAS * Math.sqrt(variance / n);
  }

  /** Allowance for the variance of n Gaussian values: it is known to √(2/n) of itself. */
  static double ofVariance(double variance, int n) {
    return SIGMAS * variance * Math.sqrt(2.0 / n);
  }

  /**
   * Allowance for the variance of n counts with Poisson light of this mean besides Gaussian noise:
   * the fourth cumulants add, and that of Poisson's law is its mean.
   */
  static double ofVariance(double variance, double poisson, int n) {
    return SIGMAS * Math.sqrt((2 * variance * variance + poisson) / n);
  }
}
