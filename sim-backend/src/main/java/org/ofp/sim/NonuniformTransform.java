// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.util.Arrays;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;

/**
 * A discrete Fourier sum at any places: {@code f(v,u) = Σ c[p,q]·exp(−2πi((p−P₀)v/R + (q−Q₀)u/C))},
 * P₀ = ⌊P/2⌋, Q₀ = ⌊Q/2⌋.
 *
 * <p>A non-uniform FFT of type 2 (Dutt and Rokhlin, <i>SIAM J. Sci. Comput.</i> 14, 1993) with the
 * Kaiser-Bessel kernel of Fessler and Sutton (<i>IEEE Trans. Signal Process.</i> 51, 2003): the
 * coefficients are divided by the kernel's transform and padded to twice their number, transformed,
 * and interpolated from {@value #WIDTH}×{@value #WIDTH} neighbours. Eight neighbours at twofold
 * oversampling leave an error of 1e−7, that of the float arithmetic. Immutable, safe for use by
 * several threads.
 */
final class NonuniformTransform {
  private static final int WIDTH = 8;

  /** Shape of the kernel at twofold oversampling, Beatty et al., IEEE Trans. Med. Imaging 24. */
  private static final double BETA = Math.PI * Math.sqrt(WIDTH * WIDTH / 4.0 * 2.25 - 0.8);

  private final int rows;
  private final int cols;
  private final FftPlan fft;
  private final float[] rowWeights;
  private final float[] colWeights;
  private final Neighbours rowNeighbours;
  private final Neighbours colNeighbours;

  /**
   * Prepares the sum at places.
   *
   * @param rows number of coefficients P
   * @param cols number of coefficients Q
   * @param rowPeriod R
   * @param colPeriod C
   * @param v places along the rows' axis
   * @param u places along the columns' axis, as many
   */
  NonuniformTransform(
      int rows, int cols, int rowPeriod, int colPeriod, double[] v, double[] u, FftKernel kernel) {
    this.rows = rows;
    this.cols = cols;
    fft = kernel.plan(gridSize(rows), gridSize(cols));
    rowWeights = weights(rows);
    colWeights = weights(cols);
    rowNeighbours = new Neighbours(v, gridSize(rows), (double) gridSize(rows) / rowPeriod);
    colNeighbours = new Neighbours(u, gridSize(cols), (double) gridSize(cols) / colPeriod);
  }

  private static int gridSize(int n) {
    return Math.max(2 * n, 2 * WIDTH);
  }

  /** Room in floats that {@link #evaluate} needs for its grid. */
  int gridFloats() {
    return 2 * fft.rows() * fft.cols();
  }

  /**
   * 1/φ̂ per coefficient, with the sign and the root that the unitary transform of the grid takes.
   */
  private static float[] weights(int n) {
    int grid = gridSize(n);
    float[] weights = new float[n];
    for (int p = 0; p < n; p++) {
      weights[p] = (float) (Math.sqrt(grid) / kernelTransform((double) (p - n / 2) / grid));
    }
    return weights;
  }

  /** The kernel's Fourier transform, {@code W·sinh(√(β²−(πWf)²))/√(β²−(πWf)²)}, over I0(β). */
  private static double kernelTransform(double f) {
    double square = BETA * BETA - Math.pow(Math.PI * WIDTH * f, 2);
    double root = Math.sqrt(square); // below twofold oversampling's band edge it is positive
    return WIDTH * Math.sinh(root) / root / besselI0(BETA);
  }

  private static double kernel(double x) {
    double square = 1 - Math.pow(2 * x / WIDTH, 2);
    return square <= 0 ? 0 : besselI0(BETA * Math.sqrt(square)) / besselI0(BETA);
  }

  /** The modified Bessel function by its power series, DLMF 10.25.2. */
  private static double besselI0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
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

  /** Grid points around each place along one axis, and the kernel's values there. */
  private static final class Neighbours {
    private final int size;
    private final int[] first;
    private final float[] weights;

    Neighbours(double[] places, int size, double perUnit) {
      this.size = size;
      first = new int[places.length];
      weights = new float[WIDTH * places.length];
      for (int i = 0; i < places.length; i++) {
        double place = places[i] * perUnit;
        double start = Math.ceil(place - WIDTH / 2.0);
        for (int a = 0; a < WIDTH; a++) {
          weights[WIDTH * i + a] = (float) kernel(place - start - a);
        }
        first[i] = (int) Math.floorMod((long) start, (long) size);
      }
    }

    int count() {
      return first.length;
    }

    int index(int place, int a) {
      int index = first[place] + a;
      return index < size ? index : index - size;
    }

    float weight(int place, int a) {
      return weights[WIDTH * place + a];
    }
  }
}
