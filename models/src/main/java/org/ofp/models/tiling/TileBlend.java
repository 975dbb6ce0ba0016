// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

/**
 * Blends what a network gave for the tiles of a picture into one map, and gives away what is
 * finished as soon as it is.
 *
 * <p>Every pixel is the weighted mean of all tiles that cover it. A tile's weights are the product
 * of one window per axis: 1 in its middle, and along an edge with a neighbour the rising half of a
 * Hann window as wide as what both share, so that the weights of all tiles add up to 1 at every
 * pixel and none is 0. Away from overlaps values are passed on unchanged.
 *
 * <p>Kept are the sums of unfinished pixels only: the rows that the tiles below share, {@code
 * channels · shared rows · cols} floats, and the columns that the tile to the right shares. Not
 * thread-safe.
 */
public final class TileBlend {
  private final TileGrid grid;
  private final int channels;

  /** Sums for the rows shared with the tiles below, {@code [channels, rowsKept, cols]}. */
  private final float[] above;

  /** Sums of this row of tiles for the columns shared, {@code [channels, tile rows, colsKept]}. */
  private final float[] left;

  private final int rowsKept;
  private final int colsKept;
  private int next;

  /**
   * No tiles yet.
   *
   * @param channels values a pixel, at least 1
   * @throws IllegalArgumentException if what must be kept does not fit an array
   */
  public TileBlend(TileGrid grid, int channels) {
    this.grid = grid;
    this.channels = channels;
    rowsKept = grid.down().mostShared();
    colsKept = grid.across().mostShared();
    if (kept(grid, channels) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          kept(grid, channels)
              + " sums of "
              + channels
              + " channels along "
              + grid.cols()
              + " columns do not fit an array; choose smaller tiles or a smaller overlap");
    }
    above = new float[channels * rowsKept * grid.cols()];
    left = new float[channels * grid.down().size() * colsKept];
  }

  /**
   * How many floats a blend keeps.
   *
   * @param channels values a pixel, at least 1
   */
  public static long kept(TileGrid grid, int channels) {
    TileAxis down = grid.down();
    TileAxis across = grid.across();
    return channels
        * ((long) down.mostShared() * grid.cols() + (long) down.size() * across.mostShared());
  }

  /**
   * Adds the next tile, in the order of their numbers.
   *
   * @param values {@code [channels, tile rows, tile cols]}, row-major; used up: overwritten, or
   *     handed back
   * @return {@code [channels, rows, cols]} of the region that this tile {@linkplain
   *     TileGrid#finished finishes}
   * @throws IllegalArgumentException if there are too few or too many values
   * @throws IllegalStateException if all tiles have been added
   */
  public float[] add(float[] values) {
    if (next == grid.count()) {
      throw new IllegalStateException("all " + next + " tiles have been added");
    }
    TileAxis down = grid.down();
    TileAxis across = grid.across();
    if (values.length != channels * down.size() * across.size()) {
      throw new IllegalArgumentException(
          values.length
              + " values are not "
              + channels
              + " channels of "
              + down.size()
              + "×"
              + across.size()
              + " pixels");
    }
    int i = next / across.count();
    int j = next % across.count();
    next++;
    if (grid.count() == 1) {
      return values;
    }
    float[] done = new float[channels * down.finished(i) * across.finished(j)];
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < down.size(); row++) {
        addRow(values, channel, row, i, j, done);
      }
    }
    return done;
  }

  private void addRow(float[] values, int channel, int row, int i, int j, float[] done) {
    TileAxis down = grid.down();
    TileAxis across = grid.across();
    int size = across.size();
    int at = (channel * down.size() + row) * size;
    float rowWeight = down.weights(i)[row];
    float[] colWeights = across.weights(j);
    for (int col = 0; col < size; col++) {
      values[at + col] *= rowWeight * colWeights[col];
    }
    int leftAt = (channel * down.size() + row) * colsKept;
    addTo(values, at, left, leftAt, across.shared(j));
    int cols = across.finished(j);
    System.arraycopy(values, at + cols, left, leftAt, size - cols);

    // What remains are columns to which no tile of this row will add.
    if (row < down.shared(i)) {
      addTo(values, at, above, aboveAt(channel, row, j), cols);
    }
    int rows = down.finished(i);
    if (row < rows) {
      System.arraycopy(values, at, done, (channel * rows + row) * cols, cols);
    } else { // over a row of sums that has been added already, as rows > 0
      System.arraycopy(values, at, above, aboveAt(channel, row - rows, j), cols);
    }
  }

  private int aboveAt(int channel, int row, int j) {
    return (channel * rowsKept + row) * grid.cols() + grid.across().start(j);
  }

  private static void addTo(float[] values, int at, float[] more, int moreAt, int count) {
    for (int k = 0; k < count; k++) {
      values[at + k] += more[moreAt + k];
    }
  }
}
