// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The phase factors that belong to the place of the optical axis.
 *
 * <p>The SLM and the detector have their origin on the axis, in pixel N₀ = ⌊N/2⌋ of each axis, and
 * a lens adds the factor 1/i (Goodman, <i>Introduction to Fourier Optics</i>, section 5.2). The
 * field at detector pixel k + N₀ is therefore
 *
 * <pre>E[k+N₀] = (1/i)·exp(+2πi·N₀·k/N)·F[k]     the exponential per axis</pre>
 *
 * with F the unitary DFT with origin [0,0]. For even N the exponential is (−1)^k.
 */
@Stable(since = "0.1")
public final class Centring {
  private Centring() {}

  /**
   * Tabulates {@code i^quarter·exp(sign·2πi·N₀·k/N)} for k = 0 … N−1, interleaved re, im; exactly 0
   * and ±1 where the angle is a multiple of π/2.
   *
   * @param n pixels along the axis, at least 1
   * @param quarter power of i: −1 for the lens's 1/i, +1 to take it back, 0 on the other axis
   * @param sign +1 towards the detector, −1 back
   */
  public static float[] factors(int n, int quarter, int sign) {
    float[] factors = new float[2 * n];
    for (int k = 0; k < n; k++) {
      // The angle in units of 2π/4N, reduced in integers, so that rounding does not grow with k.
      long quarters = Math.floorMod((long) quarter * n + sign * 4L * k * (n / 2), 4L * n);
      boolean exact = quarters % n == 0;
      double angle = Math.PI / 2 * quarters / n;
      factors[2 * k] = (float) (exact ? Math.rint(Math.cos(angle)) : Math.cos(angle));
      factors[2 * k + 1] = (float) (exact ? Math.rint(Math.sin(angle)) : Math.sin(angle));
    }
    return factors;
  }
}
