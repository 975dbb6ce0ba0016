// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * Tables for a discrete Fourier sum at any places: {@code f(v,u) = Σ c[p,q]·exp(−2πi((p−P₀)v/R +
 * (q−Q₀)u/C))}, P₀ = ⌊P/2⌋, Q₀ = ⌊Q/2⌋.
 *
 * <p>A non-uniform FFT of type 2 (Dutt and Rokhlin, <i>SIAM J. Sci. Comput.</i> 14, 1993) with the
 * Kaiser-Bessel kernel of Fessler and Sutton (<i>IEEE Trans. Signal Process.</i> 51, 2003). Who has
 * an FFT evaluates it so:
 *
 * <ol>
 *   <li>Coefficient [p,q] times {@code row[p]·col[q]}, the inverse of the kernel's transform,
 *       stands at {@code [(p−P₀) mod gridRows, (q−Q₀) mod gridCols]} of a grid with about twice the
 *       sides; the rest is 0.
 *   <li>The grid's unitary DFT.
 *   <li>Each value is the sum of {@value #WIDTH}×{@value #WIDTH} {@link Neighbours}, weighted by
 *       the kernel.
 * </ol>
 *
 * <p>Eight neighbours at twofold oversampling leave an error of 1e−7, that of the float arithmetic.
 * Immutable; the arrays are shared and must not be written to.
 */
public final class NonuniformTables {
  /** Neighbours of a place along each axis. */
  public static final int WIDTH = 8;

  /** Shape of the kernel at twofold oversampling, Beatty et al., IEEE Trans. Med. Imaging 24. */
  private static final double BETA = Math.PI * Math.sqrt(WIDTH * WIDTH / 4.0 * 2.25 - 0.8);

  private final float[] rowWeights;
  private final float[] colWeights;
  private final int gridRows;
  private final int gridCols;
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
  public NonuniformTables(
      int rows, int cols, int rowPeriod, int colPeriod, double[] v, double[] u) {
    gridRows = gridSize(rows);
    gridCols = gridSize(cols);
    rowWeights = weights(rows);
    colWeights = weights(cols);
    rowNeighbours = new Neighbours(v, gridRows, (double) gridRows / rowPeriod);
    colNeighbours = new Neighbours(u, gridCols, (double) gridCols / colPeriod);
  }

  private static int gridSize(int n) {
    return Math.max(2 * n, 2 * WIDTH);
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

  /** The kernel at a distance in grid points. */
  static double kernel(double x) {
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

  /** Number of coefficients P. */
  public int rows() {
    return rowWeights.length;
  }

  /** Number of coefficients Q. */
  public int cols() {
    return colWeights.length;
  }

  /** Rows of the grid. */
  public int gridRows() {
    return gridRows;
  }

  /** Columns of the grid. */
  public int gridCols() {
    return gridCols;
  }

  /** Factors of the coefficients along the rows' axis. */
  public float[] rowWeights() {
    return rowWeights;
  }

  /** Factors of the coefficients along the columns' axis. */
  public float[] colWeights() {
    return colWeights;
  }

  /** The places along the rows' axis. */
  public Neighbours rowNeighbours() {
    return rowNeighbours;
  }

  /** The places along the columns' axis. */
  public Neighbours colNeighbours() {
    return colNeighbours;
  }
}
