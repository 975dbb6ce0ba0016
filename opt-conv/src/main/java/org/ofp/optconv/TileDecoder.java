// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;

/**
 * Step 7: takes the outputs that the wrap did not touch out of a field and adds the bias. Safe for
 * use by several threads on different tiles and planes.
 */
final class TileDecoder {
  private final ConvolutionPlan plan;
  private final LayerGeometry geometry;
  private final FloatBuffer bias;
  private final FloatBuffer y;

  /** Rows and columns of the output that see the map; null if all do. */
  private final boolean[] rowSees;

  private final boolean[] colSees;

  /**
   * @param bias a value per output channel, or null
   * @param y {@code [images, outChannels, outputRows, outputCols]}
   */
  TileDecoder(ConvolutionPlan plan, LayerGeometry geometry, FloatBuffer bias, FloatBuffer y) {
    this.plan = plan;
    this.geometry = geometry;
    this.bias = bias;
    this.y = y;
    rowSees = unlessAll(geometry.rows().seesInput());
    colSees = unlessAll(geometry.cols().seesInput());
  }

  private static boolean[] unlessAll(boolean[] sees) {
    for (boolean one : sees) {
      if (!one) {
        return sees;
      }
    }
    return null;
  }

  /**
   * Writes the two planes of one field.
   *
   * @param planes real parts, then imaginary parts of the field, from {@code offset}; changed
   */
  void decode(int image, int tile, int pair, float[] planes, int offset) {
    decodePlane(image, tile, 2 * pair, planes, offset);
    if (2 * pair + 1 < plan.outPlanes()) {
      decodePlane(image, tile, 2 * pair + 1, planes, offset + plan.frame().pixels());
    }
  }

  private void decodePlane(int image, int tile, int plane, float[] values, int offset) {
    AxisGeometry rows = geometry.rows();
    AxisGeometry cols = geometry.cols();
    int rowPhase = geometry.outRowPhase(plane);
    int colPhase = geometry.outColPhase(plane);
    int firstRow = tile / plan.tileCols() * plan.validRows();
    int firstCol = tile % plan.tileCols() * plan.validCols();
    int n = Math.min(plan.validCols(), cols.count(colPhase) - firstCol);
    int m = Math.min(plan.validRows(), rows.count(rowPhase) - firstRow);
    if (n <= 0) {
      return;
    }
    int channel = plane / geometry.outPhases();
    float add = bias == null ? 0 : bias.get(channel);
    if (add != 0) {
      add(values, offset, offset + m * plan.frame().cols(), add);
    }
    long map = (long) image * geometry.outChannels() + channel;
    int outCol = cols.outOffsets()[colPhase] + firstCol * cols.outStep();
    for (int r = 0; r < m; r++) {
      int row = rows.outOffsets()[rowPhase] + (firstRow + r) * rows.outStep();
      int source = offset + r * plan.frame().cols();
      clearPadding(row, outCol, cols.outStep(), n, add, values, source);
      int target = Math.toIntExact((map * rows.output() + row) * cols.output() + outCol);
      put(values, source, n, target, cols.outStep());
    }
  }

  /**
   * Sets the outputs that see nothing but padding to the bias, in maps that a device has decoded.
   */
  void clearPadding(int images) {
    if (rowSees == null && colSees == null) {
      return;
    }
    int rows = geometry.rows().output();
    int cols = geometry.cols().output();
    for (int map = 0; map < images * geometry.outChannels(); map++) {
      float add = bias == null ? 0 : bias.get(map % geometry.outChannels());
      for (int row = 0; row < rows; row++) {
        boolean rowBlind = rowSees != null && !rowSees[row];
        for (int col = 0; col < cols; col++) {
          if (rowBlind || (colSees != null && !colSees[col])) {
            y.put(Math.toIntExact(((long) map * rows + row) * cols + col), add);
          }
        }
      }
    }
  }

  private static void add(float[] values, int from, int to, float bias) {
    for (int i = from; i < to; i++) {
      values[i] += bias;
    }
  }

  private void put(float[] values, int source, int n, int target, int step) {
    if (step == 1) {
      y.put(target, values, source, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y.put(target + i * step, values[source + i]);
    }
  }

  /** Outputs that see nothing but padding are the bias exactly, not to rounding or noise. */
  private void clearPadding(
      int row, int col, int step, int n, float bias, float[] values, int source) {
    boolean rowBlind = rowSees != null && !rowSees[row];
    if (!rowBlind && colSees == null) {
      return;
    }
    for (int i = 0; i < n; i++) {
      if (rowBlind || !colSees[col + i * step]) {
        values[source + i] = bias;
      }
    }
  }
}
