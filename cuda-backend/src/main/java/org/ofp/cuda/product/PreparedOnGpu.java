// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.FloatBuffer;
import org.ofp.kernels.PreparedProduct;

/**
 * Weights in the host's memory that travel to the GPU with what they are multiplied by: they may be
 * written between any two products, of which nobody tells.
 */
final class PreparedOnGpu implements PreparedProduct {
  private final ProductPool lanes;
  private final int matrices;
  private final int m;
  private final int k;

  /** [matrices][m][k], interleaved. */
  private final float[] w;

  PreparedOnGpu(ProductPool lanes, int matrices, int m, int k) {
    this.lanes = lanes;
    this.matrices = matrices;
    this.m = m;
    this.k = k;
    w = new float[2 * matrices * m * k];
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
  public FloatBuffer weights() {
    return FloatBuffer.wrap(w);
  }

  @Override
  public void multiply(
      int from, int to, int n, FloatBuffer x, int xOffset, FloatBuffer y, int yOffset) {
    int first = 2 * from * m * k;
    lanes.run(
        new ComplexPieces(to - from, m, k, n, FloatBuffer.wrap(w), first, x, xOffset, y, yOffset));
  }

  @Override
  public void close() {}
}
