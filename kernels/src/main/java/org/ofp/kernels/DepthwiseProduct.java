// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

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

  DepthwiseProduct(int matrices) {
    w = new float[2 * matrices];
  }

  @Override
  public FloatBuffer weights() {
    return FloatBuffer.wrap(w);
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
  public void multiply(
      int from, int to, int n, FloatBuffer x, int xOffset, FloatBuffer y, int yOffset) {
    RowScratch.POOL.lend(
        scratch -> {
          float[] row = scratch.first;
          for (int f = from; f < to; f++) {
            int skip = (f - from) * 2 * n;
            for (int done = 0; done < 2 * n; done += row.length) {
              int values = Math.min(row.length, 2 * n - done);
              x.get(xOffset + skip + done, row, 0, values);
              scale(w[2 * f], w[2 * f + 1], row, values);
              y.put(yOffset + skip + done, row, 0, values);
            }
          }
        });
  }

  private static void scale(float re, float im, float[] row, int values) {
    for (int j = 0; j < values; j += 2) {
      float a = row[j];
      float b = row[j + 1];
      row[j] = re * a - im * b;
      row[j + 1] = re * b + im * a;
    }
  }

  @Override
  public void close() {}
}
