// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.FloatBuffer;

/**
 * Products of small complex matrices in pieces of some matrices. Callers spread ranges of matrices
 * over threads, so each copies by itself.
 */
final class ComplexPieces implements Pieces {
  private final int m;
  private final int k;
  private final int n;
  private final int matrices;
  private final FloatBuffer w;
  private final int wOffset;
  private final FloatBuffer x;
  private final int xOffset;
  private final FloatBuffer y;
  private final int yOffset;
  private final int perPiece;

  /**
   * {@code Y[f] = W[f]·X[f]}, as {@link org.ofp.kernels.PreparedProduct#multiply} has it.
   *
   * @param w {@code [matrices][m][k]} from {@code wOffset}
   */
  ComplexPieces(
      int matrices,
      int m,
      int k,
      int n,
      FloatBuffer w,
      int wOffset,
      FloatBuffer x,
      int xOffset,
      FloatBuffer y,
      int yOffset) {
    this.matrices = matrices;
    this.m = m;
    this.k = k;
    this.n = n;
    this.w = w;
    this.wOffset = wOffset;
    this.x = x;
    this.xOffset = xOffset;
    this.y = y;
    this.yOffset = yOffset;
    long bytes = Float.BYTES * (floats(m, k) + floats(k, n) + floats(m, n));
    perPiece = (int) Math.max(1, BYTES / bytes);
  }

  private static long floats(int rows, int columns) {
    return 2L * rows * columns;
  }

  @Override
  public int count() {
    return (int) (((long) matrices + perPiece - 1) / perPiece);
  }

  @Override
  public void send(ProductLane lane, int piece) {
    upload(lane, lane.weights(), piece, w, wOffset, floats(m, k));
    upload(lane, lane.input(), piece, x, xOffset, floats(k, n));
    long out = some(piece) * floats(m, n);
    lane.output().atLeast(out);
    lane.blas()
        .complex(
            some(piece),
            m,
            n,
            k,
            lane.weights().address(),
            k,
            (long) m * k,
            lane.input().address(),
            n,
            (long) k * n,
            0,
            lane.output().address(),
            n,
            (long) m * n);
    lane.output().download(lane.stream(), out);
  }

  private void upload(
      ProductLane lane, Mirror to, int piece, FloatBuffer from, int offset, long perMatrix) {
    long count = some(piece) * perMatrix;
    FloatBuffer staged = to.atLeast(count);
    staged.put(0, from, offset + start(piece, perMatrix), (int) count);
    to.upload(lane.stream(), count);
  }

  @Override
  public void receive(ProductLane lane, int piece) {
    long count = some(piece) * floats(m, n);
    FloatBuffer staged = lane.output().atLeast(count);
    y.put(yOffset + start(piece, floats(m, n)), staged, 0, (int) count);
  }

  /** Matrices of a piece. */
  private int some(int piece) {
    return Math.min(perPiece, matrices - piece * perPiece);
  }

  private int start(int piece, long perMatrix) {
    return Math.toIntExact((long) piece * perPiece * perMatrix);
  }
}
