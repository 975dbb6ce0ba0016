// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Step 1: cuts the padded map into tiles and puts two real channels into a complex field. */
final class TileEncoder {
  private final TilePlan plan;
  private final FloatBuffer x;

  /**
   * @param x {@code [images, inChannels, rows, cols]}
   */
  TileEncoder(TilePlan plan, FloatBuffer x) {
    this.plan = plan;
    this.x = x;
  }

  /**
   * Writes one field: channel 2·pair in the real part, the next (if any) in the imaginary part.
   *
   * @param image which image of the batch
   * @param tile which tile of the image, row-major
   * @param field receives {@code 2·T·T} values from {@code offset}
   * @param scratch at least {@code 2·frame.cols()} values
   */
  void encode(int image, int tile, int pair, float[] field, int offset, float[] scratch) {
    ConvolutionSpec spec = plan.spec();
    int frameCols = plan.frame().cols();
    int top = tile / plan.tileCols() * plan.validRows() - spec.paddingRows();
    int left = tile % plan.tileCols() * plan.validCols() - spec.paddingCols();
    // The part of a frame row that lies within the map.
    int from = Math.min(Math.max(0, -left), frameCols);
    int to = Math.max(from, Math.min(frameCols, plan.cols() - left));
    int channel = 2 * pair;
    boolean both = channel + 1 < spec.inChannels();
    long plane = (long) plan.rows() * plan.cols();
    long base = ((long) image * spec.inChannels() + channel) * plane;
    for (int r = 0; r < plan.frame().rows(); r++) {
      int row = top + r;
      int target = offset + 2 * r * frameCols;
      if (row < 0 || row >= plan.rows() || from == to) {
        Arrays.fill(field, target, target + 2 * frameCols, 0f);
        continue;
      }
      int source = (int) (base + (long) row * plan.cols() + left + from);
      x.get(source, scratch, 0, to - from);
      if (both) {
        x.get((int) (source + plane), scratch, frameCols, to - from);
      }
      Arrays.fill(field, target, target + 2 * from, 0f);
      interleave(scratch, frameCols, both, to - from, field, target + 2 * from);
      Arrays.fill(field, target + 2 * to, target + 2 * frameCols, 0f);
    }
  }

  private static void interleave(
      float[] rows, int second, boolean both, int n, float[] field, int target) {
    for (int i = 0; i < n; i++) {
      field[target + 2 * i] = rows[i];
      field[target + 2 * i + 1] = both ? rows[second + i] : 0f;
    }
  }
}
