// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

/** What gives logits for a tile of a picture. */
@FunctionalInterface
public interface TileNetwork {
  /**
   * Runs.
   *
   * @param tile its number in the picture, from 0
   * @param planes {@code [3, rows, cols]}, row-major, normalised; not to be changed
   * @return {@code [classes, rows, cols]}, row-major, a new array
   */
  float[] logits(int tile, float[] planes, int rows, int cols);
}
