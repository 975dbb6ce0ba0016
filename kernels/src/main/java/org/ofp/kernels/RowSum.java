// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.Arrays;

/**
 * The inner loop of the Java products: a weighted sum of rows.
 *
 * <p>It is written the way C2 of JDK 17 can vectorise it, which is a narrow path. Measured on one
 * core (AMD EPYC, AVX-512), 128 columns:
 *
 * <ul>
 *   <li>rows at offsets into one array: 11 GFLOP/s. Loop-invariant offsets that differ keep C2 from
 *       proving that a store feeds no later load. Hence an array per row.
 *   <li>four rows at a time: 33 GFLOP/s (31 at 64 columns, 15 at 16); two rows: 26.
 *   <li>six or eight rows, or two sums at a time: 12 to 14 GFLOP/s. The loop's body is then too
 *       large to be unrolled ({@code LoopUnrollLimit}) as often as a vector is wide, and stays
 *       scalar.
 * </ul>
 *
 * <p>No fused multiply-add on purpose: {@code Math.fma} is a BigDecimal computation where the
 * hardware lacks it, and without it the bits are the same on every machine, vectorised or not.
 */
final class RowSum {

  /** Rows that are summed at a time; callers pad with rows and weights of zero. */
  static final int GROUP = 4;

  private RowSum() {}

  /**
   * y[j] = start + Σ_i c[at + i]·rows[i][j] for j in [0, n); {@code count} is a multiple of {@link
   * #GROUP}.
   */
  static void real(float start, float[] c, int at, float[][] rows, int count, float[] y, int n) {
    Arrays.fill(y, 0, n, start);
    for (int i = 0, p = at; i < count; i += GROUP, p += GROUP) {
      add(
          c[p],
          c[p + 1],
          c[p + 2],
          c[p + 3], //
          rows[i],
          rows[i + 1],
          rows[i + 2],
          rows[i + 3],
          y,
          n);
    }
  }

  /**
   * One row of a complex product: rows holds re0, im0, re1, im1, … of X, and w from {@code at} on
   * the same of one row of W; {@code count} (twice the columns of W) is a multiple of {@link
   * #GROUP}.
   */
  static void complex(float[] w, int at, float[][] rows, int count, float[] re, float[] im, int n) {
    Arrays.fill(re, 0, n, 0);
    Arrays.fill(im, 0, n, 0);
    for (int i = 0, p = at; i < count; i += GROUP, p += GROUP) {
      float[] x0 = rows[i];
      float[] x1 = rows[i + 1];
      float[] x2 = rows[i + 2];
      float[] x3 = rows[i + 3];
      add(w[p], -w[p + 1], w[p + 2], -w[p + 3], x0, x1, x2, x3, re, n);
      add(w[p + 1], w[p], w[p + 3], w[p + 2], x0, x1, x2, x3, im, n);
    }
  }

  private static void add(
      float c0,
      float c1,
      float c2,
      float c3, //
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float[] y,
      int n) {
    for (int j = 0; j < n; j++) {
      y[j] += (c0 * x0[j] + c1 * x1[j]) + (c2 * x2[j] + c3 * x3[j]);
    }
  }
}
