// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/**
 * The complex product in pure Java: always available, the reference for the others.
 *
 * <p>X is taken apart into rows of real and imaginary parts, so that the inner loop runs over
 * contiguous columns without shuffles ({@link RowSum}), and Y is put together again. Both cost O((m
 * + k)·n) against O(m·k·n).
 */
public final class JavaProduct implements ComplexProduct {

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public void probe() {}

  @Override
  public PreparedProduct prepare(int matrices, int m, int k, float[] w) {
    return m == 1 && k == 1 ? new DepthwiseProduct(w.clone()) : new Prepared(matrices, m, k, w);
  }

  private static final class Prepared implements PreparedProduct {

    private final int matrices;
    private final int m;
    private final int k;

    /** Floats of one row of W, padded to whole groups. */
    private final int stride;

    /** [matrices][m][stride] */
    private final float[] w;

    Prepared(int matrices, int m, int k, float[] source) {
      this.matrices = matrices;
      this.m = m;
      this.k = k;
      this.stride = RowScratch.padded(Math.multiplyExact(2, k));
      this.w = new float[Math.multiplyExact(Math.multiplyExact(matrices, m), stride)];
      for (int row = 0; row < matrices * m; row++) {
        System.arraycopy(source, row * 2 * k, w, row * stride, 2 * k);
      }
    }

    @Override
    public int matrices() {
      return matrices;
    }

    @Override
    public int m() {
      return m;
    }

    @Override
    public int k() {
      return k;
    }

    @Override
    public void multiply(
        int from, int to, int n, FloatBuffer x, int xOffset, FloatBuffer y, int yOffset) {
      RowScratch.POOL.lend(scratch -> multiply(from, to, n, x, xOffset, y, yOffset, scratch));
    }

    private void multiply(
        int from,
        int to,
        int n,
        FloatBuffer x,
        int xOffset,
        FloatBuffer y,
        int yOffset,
        RowScratch scratch) {
      float[][] rows = scratch.rows(2 * k, stride);
      for (int f = from; f < to; f++) {
        int xf = xOffset + (f - from) * 2 * k * n;
        int yf = yOffset + (f - from) * 2 * m * n;
        for (int column = 0; column < n; column += RowScratch.COLUMNS) {
          int columns = Math.min(RowScratch.COLUMNS, n - column);
          for (int i = 0; i < k; i++) {
            split(x, xf + 2 * (i * n + column), rows[2 * i], rows[2 * i + 1], columns);
          }
          for (int i = 0; i < m; i++) {
            RowSum.complex(
                w, (f * m + i) * stride, rows, stride, scratch.first, scratch.second, columns);
            join(scratch.first, scratch.second, y, yf + 2 * (i * n + column), columns);
          }
        }
      }
    }

    @Override
    public void close() {}
  }

  private static void split(FloatBuffer x, int offset, float[] re, float[] im, int n) {
    for (int j = 0, o = offset; j < n; j++, o += 2) {
      re[j] = x.get(o);
      im[j] = x.get(o + 1);
    }
  }

  private static void join(float[] re, float[] im, FloatBuffer y, int offset, int n) {
    for (int j = 0, o = offset; j < n; j++, o += 2) {
      y.put(o, re[j]);
      y.put(o + 1, im[j]);
    }
  }
}
