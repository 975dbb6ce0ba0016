// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

/** The normal distribution and Student's, as far as confidence intervals need them. */
final class NormalAndStudent {
  private static final double LARGEST_QUANTILE = 1e3;
  private static final double NEGLIGIBLE_FROM = 9;

  private NormalAndStudent() {}

  /**
   * The tail at which percentiles of bootstrap resamples of n values give the interval that the t
   * distribution would for a mean: Φ(−√(n/(n−1)) · t), t the upper quantile with n−1 degrees of
   * freedom. The root is for the resamples' variance, which is that of n values about their mean.
   *
   * @param level of the interval, such as 0.95
   * @param n at least 2
   */
  static double expandedTail(double level, int n) {
    double t = studentQuantile(level, n - 1);
    return normalTail(Math.sqrt(n / (n - 1.0)) * t);
  }

  /** P(X &gt; x) of the standard normal distribution, x ≥ 0, to 1e-15. */
  static double normalTail(double x) {
    if (x > NEGLIGIBLE_FROM) {
      return 0; // where the series would need ever larger terms
    }
    // Φ(x) = ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + …), G. Marsaglia, J. Stat. Software 11(4), 2004
    double sum = x;
    double term = x;
    for (int odd = 3; term > sum * 1e-17; odd += 2) {
      term *= x * x / odd;
      sum += term;
    }
    return Math.max(0, 0.5 - sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
  }

  /** The t ≥ 0 for which P(|T| ≤ t) is the level, up to 1000, to 1e-9. */
  static double studentQuantile(double level, int freedom) {
    double low = 0;
    double high = LARGEST_QUANTILE;
    while (high - low > 1e-9) {
      double middle = (low + high) / 2;
      if (studentWithin(middle, freedom) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** P(|T| ≤ t): M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 26.7.3 and 4. */
  static double studentWithin(double t, int freedom) {
    double angle = Math.atan(t / Math.sqrt(freedom));
    double cosine = Math.cos(angle);
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = 0;
    for (int k = odd ? 3 : 2; k <= freedom; k += 2) {
      sum += term;
      term *= cosine * cosine * (k - 1) / k;
    }
    return odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  }
}
