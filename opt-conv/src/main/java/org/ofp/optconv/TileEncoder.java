// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Step 1: cuts the padded map into tiles and puts two real planes into a complex field.
 *
 * <p>Reads the rows of a line of tiles at a time, since neighbours overlap. For one thread.
 */
final class TileEncoder {
  private final ConvolutionPlan plan;
  private final LayerGeometry geometry;
  private final FloatBuffer x;
  private final Band first = new Band();
  private final Band second = new Band();

  /**
   * @param x {@code [images, inChannels, rows, cols]}
   */
  TileEncoder(ConvolutionPlan plan, LayerGeometry geometry, FloatBuffer x) {
    this.plan = plan;
    this.geometry = geometry;
    this.x = x;
  }

  /**
   * Writes one field: plane 2·pair in the real part, the next (if any) in the imaginary part.
   *
   * @param image which image of the batch
   * @param tile which tile of the image, row-major
   * @param field receives {@code 2·pixels} values from {@code offset}
   */
  void encode(int image, int tile, int pair, float[] field, int offset) {
    int tileRow = tile / plan.tileCols();
    first.moveTo(image, tileRow, 2 * pair);
    boolean both = 2 * pair + 1 < plan.inPlanes();
    if (both) {
      second.moveTo(image, tileRow, 2 * pair + 1);
    }
    int frameCols = plan.frame().cols();
    int step = geometry.cols().inStep();
    int start = tile % plan.tileCols() * plan.validCols();
    for (int r = 0; r < plan.frame().rows(); r++) {
      int target = offset + 2 * r * frameCols;
      int a = first.source(r, start);
      int b = both ? second.source(r, start) : -1;
      if (a >= 0 && b >= 0 && step == 1) {
        interleave(first.values, a, second.values, b, frameCols, field, target);
      } else {
        Arrays.fill(field, target, target + 2 * frameCols, 0f);
        first.copyRow(r, start, field, target);
        if (both) {
          second.copyRow(r, start, field, target + 1);
        }
      }
    }
  }

  private static void interleave(
      float[] a, int from, float[] b, int second, int n, float[] field, int target) {
    for (int i = 0; i < n; i++) {
      field[target + 2 * i] = a[from + i];
      field[target + 2 * i + 1] = b[second + i];
    }
  }

  /** The input's rows that a line of tiles reads of a plane. */
  private final class Band {
    float[] values = new float[0];
    private int image = -1;
    private int tileRow = -1;
    private int plane = -1;
    private int colOffset;

    /** First frame row that lies in the map, and one past the last. */
    private int from;

    private int to;

    void moveTo(int newImage, int newTileRow, int newPlane) {
      if (image == newImage && tileRow == newTileRow && plane == newPlane) {
        return;
      }
      image = newImage;
      tileRow = newTileRow;
      plane = newPlane;
      int step = geometry.rows().inStep();
      int top =
          geometry.rows().inOffsets()[geometry.inRowPhase(plane)]
              + tileRow * plan.validRows() * step;
      colOffset = geometry.cols().inOffsets()[geometry.inColPhase(plane)];
      int frameRows = plan.frame().rows();
      from = Math.min(frameRows, samplesBelow(0, top, step));
      to = Math.max(from, Math.min(frameRows, samplesBelow(plan.rows(), top, step)));
      int cols = plan.cols();
      if (values.length < (to - from) * cols) {
        values = new float[frameRows * cols];
      }
      long map = (long) image * geometry.inChannels() + plane / geometry.inPhases();
      int source = Math.toIntExact((map * plan.rows() + top + (long) from * step) * cols);
      if (step == 1) {
        if (to > from) {
          x.get(source, values, 0, (to - from) * cols);
        }
      } else {
        for (int r = from; r < to; r++) {
          x.get(source + (r - from) * step * cols, values, (r - from) * cols, cols);
        }
      }
    }

    /** Where a frame row that lies wholly within the map starts, or a negative number. */
    int source(int r, int start) {
      int left = colOffset + start * geometry.cols().inStep();
      return r >= from && r < to && left >= 0 && left + plan.frame().cols() <= plan.cols()
          ? (r - from) * plan.cols() + left
          : -1;
    }

    /** Writes what the map has of a frame row to every second value of the field. */
    void copyRow(int r, int start, float[] field, int target) {
      if (r < from || r >= to) {
        return;
      }
      int step = geometry.cols().inStep();
      int left = colOffset + start * step;
      int begin = samplesBelow(0, left, step);
      int end = Math.min(plan.frame().cols(), samplesBelow(plan.cols(), left, step));
      int source = (r - from) * plan.cols() + left;
      for (int c = begin; c < end; c++) {
        field[target + 2 * c] = values[source + c * step];
      }
    }

    /** How many of the samples first, first+step, … lie below a bound. */
    private static int samplesBelow(int bound, int first, int step) {
      return Math.max(0, Math.floorDiv(bound - first + step - 1, step));
    }
  }
}
