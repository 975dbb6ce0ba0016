// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * Zernike polynomials by OSA/ANSI index j, normalised to an RMS of 1 over the unit disc (Thibos et
 * al., <i>Standards for reporting the optical aberrations of eyes</i>, J. Refract. Surg. 18, 2002;
 * ANSI Z80.28): with radial order n and azimuthal order m, {@code j = (n(n+2)+m)/2},
 *
 * <pre>
 *   Z = √(2(n+1)/(1+δ(m,0)))·R(n,|m|;ρ)·{cos mθ for m ≥ 0, sin |m|θ for m &lt; 0}
 * </pre>
 *
 * with θ from the columns' direction (x) towards the rows' (y).
 */
public final class Zernike {
  /** Terms 0 to 27: radial orders up to 6. */
  public static final int TERMS = 28;

  private Zernike() {}

  /**
   * A polynomial at a point.
   *
   * @param j index, 0 to {@link #TERMS} − 1
   * @param x in pupil radii
   * @param y in pupil radii
   */
  public static double value(int j, double x, double y) {
    int n = 0;
    while ((n + 1) * (n + 2) / 2 <= j) {
      n++;
    }
    int m = 2 * j - n * (n + 2);
    int order = Math.abs(m);
    double rho = Math.hypot(x, y);
    double radial = 0;
    for (int k = 0; k <= (n - order) / 2; k++) {
      double coefficient =
          factorial(n - k)
              / (factorial(k) * factorial((n + order) / 2 - k) * factorial((n - order) / 2 - k));
      radial += (k % 2 == 0 ? coefficient : -coefficient) * Math.pow(rho, n - 2.0 * k);
    }
    double theta = Math.atan2(y, x);
    double angular = m >= 0 ? Math.cos(order * theta) : Math.sin(order * theta);
    return Math.sqrt(m == 0 ? n + 1.0 : 2.0 * (n + 1)) * radial * angular;
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }
}
