// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipe of {@link NonuniformTables} with a slow DFT against the sum itself, in double. */
class NonuniformTablesValidationTest {
  private static final int PLACES = 40;

  @ParameterizedTest
  @CsvSource({"8, 8, 8, 8", "5, 7, 5, 7", "1, 3, 1, 3", "12, 10, 6, 5", "16, 9, 16, 9"})
  void theSumAtAnyPlace(int rows, int cols, int rowPeriod, int colPeriod) {
    long seed = 31;
    Random random = new Random(seed);
    double[] v = places(random, rowPeriod);
    double[] u = places(random, colPeriod);
    double[] c = random.doubles(2L * rows * cols, -1, 1).toArray();
    NonuniformTables tables = new NonuniformTables(rows, cols, rowPeriod, colPeriod, v, u);
    assertTrue(tables.gridRows() >= 2 * rows && tables.gridCols() >= 2 * cols);
    double[] grid = dft(spread(c, tables), tables.gridRows(), tables.gridCols());
    double worst = 0;
    for (int i = 0; i < PLACES; i++) {
      double[] sum = interpolate(grid, tables, i);
      double[] exact = sum(c, rows, cols, v[i] / rowPeriod, u[i] / colPeriod);
      worst = Math.max(worst, Math.hypot(sum[0] - exact[0], sum[1] - exact[1]));
    }
    // The interpolation leaves 1e-7 of the coefficients' norm, the tables' floats as much.
    double norm = Math.sqrt(2.0 / 3 * rows * cols) * Math.sqrt(rows * cols);
    assertTrue(worst <= 3e-7 * norm + 1e-6, "off by " + worst + ", seed " + seed);
  }

  /** Within the period and beyond it, on bins and between. */
  private static double[] places(Random random, int period) {
    double[] places = random.doubles(PLACES, -1.2 * period, 1.2 * period).toArray();
    places[0] = 0;
    places[1] = -Math.floor(period / 2.0);
    places[2] = period / 2.0;
    places[3] = period;
    return places;
  }

  private static double[] spread(double[] c, NonuniformTables tables) {
    int rows = tables.rows();
    int cols = tables.cols();
    double[] grid = new double[2 * tables.gridRows() * tables.gridCols()];
    for (int p = 0; p < rows; p++) {
      int row = Math.floorMod(p - rows / 2, tables.gridRows());
      for (int q = 0; q < cols; q++) {
        int to = 2 * (row * tables.gridCols() + Math.floorMod(q - cols / 2, tables.gridCols()));
        double weight = (double) tables.rowWeights()[p] * tables.colWeights()[q];
        grid[to] = weight * c[2 * (p * cols + q)];
        grid[to + 1] = weight * c[2 * (p * cols + q) + 1];
      }
    }
    return grid;
  }

  private static double[] interpolate(double[] grid, NonuniformTables tables, int i) {
    Neighbours row = tables.rowNeighbours();
    Neighbours col = tables.colNeighbours();
    int width = NonuniformTables.WIDTH;
    double[] sum = new double[2];
    for (int a = 0; a < width; a++) {
      assertEquals((row.first()[i] + a) % tables.gridRows(), row.index(i, a));
      for (int b = 0; b < width; b++) {
        int at = 2 * (row.index(i, a) * tables.gridCols() + col.index(i, b));
        double weight = (double) row.weights()[width * i + a] * col.weight(i, b);
        sum[0] += weight * grid[at];
        sum[1] += weight * grid[at + 1];
      }
    }
    return sum;
  }

  /** The sum over coefficients centred on ⌊P/2⌋, at places in turns. */
  private static double[] sum(double[] c, int rows, int cols, double v, double u) {
    double[] sum = new double[2];
    for (int p = 0; p < rows; p++) {
      for (int q = 0; q < cols; q++) {
        double angle = -2 * Math.PI * ((p - rows / 2) * v + (q - cols / 2) * u);
        int i = 2 * (p * cols + q);
        sum[0] += c[i] * Math.cos(angle) - c[i + 1] * Math.sin(angle);
        sum[1] += c[i] * Math.sin(angle) + c[i + 1] * Math.cos(angle);
      }
    }
    return sum;
  }

  /** Unitary, origin [0,0]. */
  private static double[] dft(double[] x, int rows, int cols) {
    double[] f = new double[x.length];
    double unitary = 1 / Math.sqrt((double) rows * cols);
    for (int k = 0; k < rows; k++) {
      for (int l = 0; l < cols; l++) {
        for (int p = 0; p < rows; p++) {
          for (int q = 0; q < cols; q++) {
            double angle = -2 * Math.PI * ((double) k * p / rows + (double) l * q / cols);
            int i = 2 * (p * cols + q);
            int at = 2 * (k * cols + l);
            f[at] += unitary * (x[i] * Math.cos(angle) - x[i + 1] * Math.sin(angle));
            f[at + 1] += unitary * (x[i] * Math.sin(angle) + x[i + 1] * Math.cos(angle));
          }
        }
      }
    }
    return f;
  }
}
