// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

/**
 * How a picture is cut into tiles: all of one size, so that layers' plans and kernel spectra serve
 * every tile, spread evenly, so that neighbours share at least the overlap asked for and the last
 * ones end with the picture. There are as few as the longest side of a tile allows, and along each
 * axis they are no longer than so many must be, rounded up to a multiple of 32. Along an axis on
 * which the picture is no longer than a tile there is one, as long as the picture. Tiles are
 * numbered row by row.
 *
 * <p>Networks that normalise each channel over the map (GroupNorm with a channel a group) see the
 * statistics of the tile in place of the picture's, and every convolution sees zeros beyond a
 * tile's edge: a pixel's logits depend on the tile it is in, and most near the edges. The overlap
 * is where {@link TileBlend} passes smoothly from one tile to the next. Large tiles and a wide
 * overlap come closer to the untiled result; they do not reach it.
 *
 * <p>Immutable and thread-safe.
 */
public final class TileGrid {
  private final TileAxis down;
  private final TileAxis across;

  private TileGrid(TileAxis down, TileAxis across) {
    this.down = down;
    this.across = across;
  }

  /**
   * Cuts a picture.
   *
   * @param rows of the picture, at least 1
   * @param cols of the picture, at least 1
   * @param tile the longest side of a tile, at least 1
   * @param overlap pixels that neighbours share at least, from 0 to {@code tile / 2}
   * @throws IllegalArgumentException for values out of range
   */
  public static TileGrid of(int rows, int cols, int tile, int overlap) {
    if (rows < 1 || cols < 1 || tile < 1) {
      throw new IllegalArgumentException(
          "rows = " + rows + ", cols = " + cols + ", tile = " + tile + " must be at least 1");
    }
    if (overlap < 0 || overlap > tile / 2) {
      throw new IllegalArgumentException(
          "overlap = " + overlap + " must be from 0 to half a tile, " + tile / 2);
    }
    return new TileGrid(new TileAxis(rows, tile, overlap), new TileAxis(cols, tile, overlap));
  }

  /** How many tiles there are. */
  public int count() {
    return down.count() * across.count();
  }

  /** Rows of the picture. */
  public int rows() {
    return down.length();
  }

  /** Columns of the picture. */
  public int cols() {
    return across.length();
  }

  /** Where a tile lies. All have the same size. */
  public Region tile(int number) {
    int i = number / across.count();
    int j = number % across.count();
    return new Region(down.start(i), across.start(j), down.size(), across.size());
  }

  /**
   * The pixels that no tile after this one covers, and that are not finished before: these regions
   * of all tiles are disjoint and make up the picture. They begin where their tile does.
   */
  public Region finished(int number) {
    int i = number / across.count();
    int j = number % across.count();
    return new Region(down.start(i), across.start(j), down.finished(i), across.finished(j));
  }

  TileAxis down() {
    return down;
  }

  TileAxis across() {
    return across;
  }
}
