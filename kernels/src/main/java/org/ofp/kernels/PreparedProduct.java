// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/**
 * Room for weights W[f][m][k] and their products.
 *
 * <p>Thread-safe: several threads may multiply disjoint ranges at the same time; callers
 * parallelise over ranges of matrices. {@link #close} waits for products that are under way.
 */
public interface PreparedProduct extends AutoCloseable {

  int matrices();

  int m();

  int k();

  /**
   * The weights, {@code [matrices][m][k]}, interleaved complex: to be written before the first
   * product, and at will between products. Not to be used after {@link #close}.
   *
   * @throws IllegalStateException if closed
   */
  FloatBuffer weights();

  /**
   * Y[f] = W[f]·X[f] for every f in [{@code from}, {@code to}), on the calling thread.
   *
   * <p>One column of a result depends on the same column of X and on W alone: bit for bit the same
   * however the matrices are split into ranges and, for an {@code n} that is a multiple of 16,
   * wherever in it the column stands.
   *
   * <p>Buffers are read and written by absolute indices; their positions play no part. They may be
   * heap or direct, in native byte order; native engines work on direct buffers in place and copy
   * others.
   *
   * @param from first matrix
   * @param to one past the last matrix
   * @param n columns of X and Y (tiles of all images), at least 1
   * @param x {@code [to - from][k][n]}, interleaved complex, from float {@code xOffset}
   * @param y {@code [to - from][m][n]}, interleaved complex, from float {@code yOffset};
   *     overwritten; must not overlap {@code x}
   * @throws IndexOutOfBoundsException if the range or a buffer is too short
   * @throws IllegalArgumentException if {@code y} is read-only or a byte order not native
   * @throws IllegalStateException if closed
   */
  void multiply(int from, int to, int n, FloatBuffer x, int xOffset, FloatBuffer y, int yOffset);

  /** Frees the weights. Idempotent. */
  @Override
  void close();
}
