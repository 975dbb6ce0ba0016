// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;

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
  public PreparedProduct prepare(int matrices, int m, int k) {
    return m == 1 && k == 1 ? new DepthwiseProduct(matrices) : new Prepared(matrices, m, k);
  }

  private static final class Prepared implements PreparedProduct {

    private final int matrices;
    private final int m;
    private final int k;

    /** [matrices][m][k], interleaved. */
    private final float[] w;

    Prepared(int matrices, int m, int k) {
      this.matrices = matrices;
      this.m = m;
      this.k = k;
      this.w = new float[2 * matrices * m * k];
    }

    @Override
    public FloatBuffer weights() {
      return FloatBuffer.wrap(w);
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
      int padded = RowScratch.padded(2 * k);
      float[][] rows = scratch.rows(2 * k, padded);
      float[] weights = scratch.weights(padded);
      for (int f = from; f < to; f++) {
        int xf = xOffset + (f - from) * 2 * k * n;
        int yf = yOffset + (f - from) * 2 * m * n;
        for (int column = 0; column < n; column += RowScratch.COLUMNS) {
          int columns = Math.min(RowScratch.COLUMNS, n - column);
          for (int i = 0; i < k; i++) {
            split(x, xf + 2 * (i * n + column), rows[2 * i], rows[2 * i + 1], columns);
          }
          for (int i = 0; i < m; i++) {
            System.arraycopy(w, (f * m + i) * 2 * k, weights, 0, 2 * k);
            Arrays.fill(weights, 2 * k, padded, 0f);
            RowSum.complex(weights, 0, rows, padded, scratch.first, scratch.second, columns);
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
