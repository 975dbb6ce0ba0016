// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Step 7: takes the outputs that the wrap did not touch out of a field, keeps those that the stride
 * keeps, adds the bias.
 */
final class TileDecoder {
  private final TilePlan plan;
  private final FloatBuffer bias;
  private final FloatBuffer y;

  /**
   * @param bias a value per output channel, or null
   * @param y {@code [images, outChannels, outputRows, outputCols]}
   */
  TileDecoder(TilePlan plan, FloatBuffer bias, FloatBuffer y) {
    this.plan = plan;
    this.bias = bias;
    this.y = y;
  }

  /**
   * Writes the two channels of one field.
   *
   * @param scratch at least {@code frame.cols()} values
   */
  void decode(int image, int tile, int pair, float[] field, int offset, float[] scratch) {
    ConvolutionSpec spec = plan.spec();
    int outRows = plan.outputRows();
    int outCols = plan.outputCols();
    int tileRow = tile / plan.tileCols();
    int tileCol = tile % plan.tileCols();
    // First and end of the strided outputs whose unstrided place lies in this tile.
    int rowFrom = TilePlan.ceilDiv(tileRow * plan.validRows(), spec.strideRows());
    int rowTo =
        Math.min(outRows, TilePlan.ceilDiv((tileRow + 1) * plan.validRows(), spec.strideRows()));
    int colFrom = TilePlan.ceilDiv(tileCol * plan.validCols(), spec.strideCols());
    int colTo =
        Math.min(outCols, TilePlan.ceilDiv((tileCol + 1) * plan.validCols(), spec.strideCols()));
    int n = colTo - colFrom;
    if (n <= 0) {
      return;
    }
    int firstCol = colFrom * spec.strideCols() - tileCol * plan.validCols();
    for (int part = 0; part < 2 && 2 * pair + part < spec.outChannels(); part++) {
      int channel = 2 * pair + part;
      float add = bias == null ? 0 : bias.get(channel);
      long plane = ((long) image * spec.outChannels() + channel) * outRows * outCols;
      for (int row = rowFrom; row < rowTo; row++) {
        int frameRow = row * spec.strideRows() - tileRow * plan.validRows();
        int source = offset + 2 * (frameRow * plan.frame().cols() + firstCol) + part;
        gather(field, source, 2 * spec.strideCols(), add, scratch, n);
        clearPadding(row, colFrom, n, add, scratch);
        y.put((int) (plane + (long) row * outCols + colFrom), scratch, 0, n);
      }
    }
  }

  /** Outputs that see nothing but padding are the bias exactly, not to rounding or noise. */
  private void clearPadding(int row, int colFrom, int n, float bias, float[] values) {
    ConvolutionSpec spec = plan.spec();
    if (!sees(row, spec.strideRows(), spec.paddingRows(), spec.extentRows(), plan.rows())) {
      Arrays.fill(values, 0, n, bias);
      return;
    }
    if (spec.paddingCols() < spec.extentCols()) {
      return; // every column sees the map
    }
    for (int i = 0; i < n; i++) {
      if (!sees(
          colFrom + i, spec.strideCols(), spec.paddingCols(), spec.extentCols(), plan.cols())) {
        values[i] = bias;
      }
    }
  }

  private static boolean sees(int output, int stride, int padding, int extent, int size) {
    int first = output * stride - padding;
    return first < size && first + extent > 0;
  }

  private static void gather(float[] field, int source, int step, float add, float[] row, int n) {
    for (int i = 0; i < n; i++) {
      row[i] = field[source + i * step] + add;
    }
  }
}
