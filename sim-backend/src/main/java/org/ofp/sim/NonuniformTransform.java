// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.util.Arrays;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.optics.Neighbours;
import org.ofp.optics.NonuniformTables;

/**
 * A discrete Fourier sum at any places, by the {@link NonuniformTables} and an FFT. Immutable, safe
 * for use by several threads.
 */
final class NonuniformTransform {
  private static final int WIDTH = NonuniformTables.WIDTH;

  private final int rows;
  private final int cols;
  private final FftPlan fft;
  private final float[] rowWeights;
  private final float[] colWeights;
  private final Neighbours rowNeighbours;
  private final Neighbours colNeighbours;

  NonuniformTransform(NonuniformTables tables, FftKernel kernel) {
    rows = tables.rows();
    cols = tables.cols();
    fft = kernel.plan(tables.gridRows(), tables.gridCols());
    rowWeights = tables.rowWeights();
    colWeights = tables.colWeights();
    rowNeighbours = tables.rowNeighbours();
    colNeighbours = tables.colNeighbours();
  }

  /** Room in floats that {@link #evaluate} needs for its grid. */
  int gridFloats() {
    return 2 * fft.rows() * fft.cols();
  }

  /**
   * Evaluates the sum at all places.
   *
   * @param c coefficients, interleaved, from {@code offset}
   * @param grid overwritten, {@link #gridFloats} values
   * @param re receives the real parts
   * @param im receives the imaginary parts
   */
  void evaluate(float[] c, int offset, float[] grid, float[] re, float[] im) {
    spread(c, offset, grid);
    fft.forward(grid, 0, 1);
    int gridCols = fft.cols();
    for (int i = 0; i < rowNeighbours.count(); i++) {
      float sumRe = 0;
      float sumIm = 0;
      for (int a = 0; a < WIDTH; a++) {
        int row = 2 * gridCols * rowNeighbours.index(i, a);
        float lineRe = 0;
        float lineIm = 0;
        for (int b = 0; b < WIDTH; b++) {
          int at = row + 2 * colNeighbours.index(i, b);
          float weight = colNeighbours.weight(i, b);
          lineRe += weight * grid[at];
          lineIm += weight * grid[at + 1];
        }
        sumRe += rowNeighbours.weight(i, a) * lineRe;
        sumIm += rowNeighbours.weight(i, a) * lineIm;
      }
      re[i] = sumRe;
      im[i] = sumIm;
    }
  }

  private void spread(float[] c, int offset, float[] grid) {
    Arrays.fill(grid, 0, gridFloats(), 0f);
    for (int p = 0; p < rows; p++) {
      int row = Math.floorMod(p - rows / 2, fft.rows());
      for (int q = 0; q < cols; q++) {
        float weight = rowWeights[p] * colWeights[q];
        int from = offset + 2 * (p * cols + q);
        int to = 2 * (row * fft.cols() + Math.floorMod(q - cols / 2, fft.cols()));
        grid[to] = weight * c[from];
        grid[to + 1] = weight * c[from + 1];
      }
    }
  }
}
