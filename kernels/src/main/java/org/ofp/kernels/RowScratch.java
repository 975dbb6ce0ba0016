// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.Arrays;

/**
 * Rows of a call for {@link RowSum}: grown on demand and kept, so that a call allocates nothing.
 */
final class RowScratch {

  /** Columns worked on at a time: 128 rows of this many floats are 64 KiB and stay in L2. */
  static final int COLUMNS = 128;

  static final ScratchPool<RowScratch> POOL = new ScratchPool<>(RowScratch::new);

  final float[] first = new float[COLUMNS];
  final float[] second = new float[COLUMNS];
  private float[][] rows = new float[0][];
  private float[] weights = new float[0];

  private RowScratch() {}

  /** {@code used} rows whose content is left over, and zero rows up to {@code padded}. */
  float[][] rows(int used, int padded) {
    if (rows.length < padded) {
      int old = rows.length;
      rows = Arrays.copyOf(rows, padded);
      for (int i = old; i < padded; i++) {
        rows[i] = new float[COLUMNS];
      }
    }
    for (int i = used; i < padded; i++) {
      Arrays.fill(rows[i], 0);
    }
    return rows;
  }

  /** Room for a row of weights, with whatever is left over in it. */
  float[] weights(int padded) {
    if (weights.length < padded) {
      weights = new float[padded];
    }
    return weights;
  }

  /** The next multiple of {@link RowSum#GROUP}. */
  static int padded(int count) {
    return Math.addExact(count, RowSum.GROUP - 1) / RowSum.GROUP * RowSum.GROUP;
  }
}
