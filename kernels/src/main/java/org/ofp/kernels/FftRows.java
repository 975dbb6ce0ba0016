// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/** Takes a transformed frame row by row, while it is in the cache. */
@FunctionalInterface
public interface FftRows {
  /**
   * Takes a row.
   *
   * @param row its number; rows come in order
   * @param values interleaved re, im, from {@code offset}; valid during this call
   */
  void accept(int row, float[] values, int offset);
}
