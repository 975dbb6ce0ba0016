// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/**
 * The product with 1×1 matrices, as depthwise convolutions need it: every column of one frequency
 * times one number.
 *
 * <p>All host engines share it. It is bound by memory, and a library call per frequency would cost
 * more than the sixteen multiplications it does.
 */
final class DepthwiseProduct implements PreparedProduct {

  /** [matrices], interleaved. */
  private final float[] w;

  DepthwiseProduct(float[] w) {
    this.w = w;
  }

  @Override
  public int matrices() {
    return w.length / 2;
  }

  @Override
  public int m() {
    return 1;
  }

  @Override
  public int k() {
    return 1;
  }

  @Override
  public void multiply(int from, int to, int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int f = from; f < to; f++) {
      int skip = (f - from) * 2 * n;
      scale(w[2 * f], w[2 * f + 1], x, xOffset + skip, y, yOffset + skip, n);
    }
  }

  private static void scale(
      float re, float im, float[] x, int xOffset, float[] y, int yOffset, int n) {
    for (int j = 0; j < 2 * n; j += 2) {
      float a = x[xOffset + j];
      float b = x[xOffset + j + 1];
      y[yOffset + j] = re * a - im * b;
      y[yOffset + j + 1] = re * b + im * a;
    }
  }

  @Override
  public void close() {}
}
