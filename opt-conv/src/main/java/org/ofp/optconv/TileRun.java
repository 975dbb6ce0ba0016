// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import org.ofp.device.FrameId;

/**
 * The tiles that the blocks of a run have: consecutive ones, counted through the batch's images.
 *
 * @param firstTile first tile of the first block
 * @param tiles tiles of the whole batch
 */
record TileRun(ConvolutionPlan plan, FrameKey key, long firstTile, long tiles) {

  long tile(int block, int column) {
    return firstTile + (long) block * plan.columns() + column;
  }

  /** Columns of a block that hold a tile. */
  int columns(int block) {
    return (int) Math.min(plan.columns(), tiles - tile(block, 0));
  }

  int image(long tile) {
    return (int) (tile / plan.tiles());
  }

  /** Number of the tile within its image. */
  int place(long tile) {
    return (int) (tile % plan.tiles());
  }

  long frameId(long tile, int pair, boolean inverse) {
    return FrameId.of(key.layer(), key.firstImage() + image(tile), inverse, place(tile), pair);
  }

  int repeat() {
    return key.repeat();
  }
}
