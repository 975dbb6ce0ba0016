// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

/**
 * Quantiles of Student's t distribution, from its definition.
 *
 * <p>With {@code t = √ν·tan θ} the two-sided tail is {@code ∫_θ^{π/2} cos^{ν−1} / ∫_0^{π/2}
 * cos^{ν−1}}, a smooth integrand on a finite interval.
 */
final class StudentT {
  private static final int STEPS = 20_000;

  private StudentT() {}

  /**
   * The t that |T| exceeds with the given probability.
   *
   * @param freedom degrees of freedom ν, at least 1
   */
  static double twoSided(int freedom, double probability) {
    double step = Math.PI / 2 / STEPS;
    double total = 0;
    for (int i = 0; i < STEPS; i++) {
      total += density(i, step, freedom);
    }
    double tail = 0;
    int i = STEPS;
    while (tail < probability * total) {
      i--;
      tail += density(i, step, freedom);
    }
    return Math.sqrt(freedom) * Math.tan(i * step);
  }

  private static double density(int i, double step, int freedom) {
    return Math.pow(Math.cos((i + 0.5) * step), freedom - 1);
  }
}
