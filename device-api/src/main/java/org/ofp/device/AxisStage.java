// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * One axis of one stage of a Cooley–Tukey transform in natural order (Stockham's form; Van Loan,
 * <i>Computational Frameworks for the Fast Fourier Transform</i>, 1992, section 1.7).
 *
 * <p>Let N be the length, l the product of the factors of the stages before, r this stage's factor
 * and M = N/(l·r). Before the stage {@code y[b + M·r·k]}, for b = 0 … M·r−1 and k = 0 … l−1, holds
 * bin k of the transform of every (M·r)-th value from b on; after it the same with l·r for l:
 *
 * <pre>y'[b + M·(k + l·q)]  =  Σₚ exp(−2πi·pq/r)·{ exp(−2πi·pk/(l·r))·y[b + M·p + M·r·k] }</pre>
 *
 * <p>The sum is the small transform; there are N/r of them, by their group g = b + M·k, 0 … N/r−1.
 * Twiddle factors are computed in double precision. Immutable.
 */
final class AxisStage {
  private final int n;
  private final int factor;
  private final int blocks;
  private final float[] re;
  private final float[] im;

  /**
   * @param n length of the axis
   * @param done product of the factors before
   * @param factor this stage's
   */
  AxisStage(int n, int done, int factor) {
    this.n = n;
    this.factor = factor;
    int length = done * factor;
    blocks = n / length;
    re = new float[length];
    im = new float[length];
    for (int j = 0; j < length; j++) {
      double angle = -2 * Math.PI * j / length;
      re[j] = (float) Math.cos(angle);
      im[j] = (float) Math.sin(angle);
    }
  }

  /** Length of the small transforms. */
  int factor() {
    return factor;
  }

  /** How many small transforms there are. */
  int groups() {
    return n / factor;
  }

  /** Where value {@code p} of a small transform comes from. */
  int input(int group, int p) {
    return group % blocks + blocks * (p + factor * (group / blocks));
  }

  /** Where bin {@code q} of a small transform goes to. */
  int output(int group, int q) {
    return group + groups() * q;
  }

  /** Real part of what value {@code p} is multiplied by. */
  float twiddleRe(int group, int p) {
    return re[p * (group / blocks)];
  }

  /** Its imaginary part, for the forward transform. */
  float twiddleIm(int group, int p) {
    return im[p * (group / blocks)];
  }
}
