// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

import java.util.ArrayList;
import java.util.List;
import org.ofp.models.image.ImageNormalisation;
import org.ofp.models.picture.RgbImage;

/**
 * Runs networks over the tiles of a picture and hands over blended logits, region by region. A
 * picture that is one tile goes through as it is, bit for bit as without tiles.
 *
 * <p>On top of the picture it holds, per network, a tile's logits twice and the sums that {@link
 * TileBlend} keeps: for 6000×4000 pixels, 23 classes, tiles of 1024 and an overlap of 128 about 350
 * MB. Thread-safe as far as the networks and the receiver are.
 */
public final class TiledSegmentation {
  /** Takes what is finished. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Takes a region of the picture; all of them are disjoint and make up the picture.
     *
     * @param logits {@code [classes, rows, cols]} of the region from each network, in their order;
     *     the receiver's own
     */
    void accept(Region region, List<float[]> logits);
  }

  private TiledSegmentation() {}

  /**
   * Segments a picture. Each tile is run through all networks before the next one.
   *
   * @param grid of the picture's size
   * @param classes of all networks
   * @param networks at least one
   * @throws IllegalArgumentException if the grid is for another size, or a network gives another
   *     number of logits
   */
  public static void run(
      RgbImage image,
      TileGrid grid,
      int classes,
      List<? extends TileNetwork> networks,
      Receiver receiver) {
    if (grid.rows() != image.height() || grid.cols() != image.width()) {
      throw new IllegalArgumentException(
          "a grid for "
              + grid.cols()
              + "×"
              + grid.rows()
              + " pixels does not fit a picture of "
              + image.width()
              + "×"
              + image.height());
    }
    List<TileBlend> blends = networks.stream().map(any -> new TileBlend(grid, classes)).toList();
    for (int number = 0; number < grid.count(); number++) {
      Region tile = grid.tile(number);
      float[] planes = ImageNormalisation.toPlanes(cut(image, tile));
      List<float[]> finished = new ArrayList<>();
      for (int i = 0; i < networks.size(); i++) {
        float[] logits = networks.get(i).logits(number, planes, tile.rows(), tile.cols());
        finished.add(blends.get(i).add(logits));
      }
      receiver.accept(grid.finished(number), finished);
    }
  }

  private static int[] cut(RgbImage image, Region tile) {
    int[] pixels = new int[tile.rows() * tile.cols()];
    for (int row = 0; row < tile.rows(); row++) {
      int from = (tile.row() + row) * image.width() + tile.col();
      System.arraycopy(image.pixels(), from, pixels, row * tile.cols(), tile.cols());
    }
    return pixels;
  }
}
