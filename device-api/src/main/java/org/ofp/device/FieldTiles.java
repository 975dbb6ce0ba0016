// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.List;

/**
 * How real maps {@code [images, channels, rows, cols]} are laid out in complex fields: tiles of
 * their planes, two planes to a field.
 *
 * <p>A plane has every step-th sample of a channel, both ways, from an offset on; a channel has as
 * many planes as there are offsets. Planes are numbered {@code [channel][row offset][column
 * offset]}; the real parts of a field are of plane 2p, the imaginary ones of plane 2p + 1, or zero
 * where there is none. Fields are numbered {@code [image][tile row][tile column][pair p]}.
 *
 * @param frame shape of the fields
 * @param channels of a map
 * @param rows down the map
 * @param cols across it
 */
@Experimental(since = "0.1")
public record FieldTiles(FrameShape frame, int channels, Axis rows, Axis cols) {
  /**
   * One direction: sample s of tile t of a plane is sample {@code offset + step·(advance·t + s)} of
   * the map, if there is one.
   *
   * @param size samples of a map
   * @param step distance of a plane's samples, at least 1
   * @param offsets where the planes start, may be negative or beyond the map
   * @param advance samples from one tile to the next, 1 to the side of the frame
   * @param tiles of a plane
   */
  public record Axis(int size, int step, List<Integer> offsets, int advance, int tiles) {
    public Axis {
      offsets = List.copyOf(offsets);
    }
  }

  /** Planes of a map. */
  public int planes() {
    return channels * rows.offsets().size() * cols.offsets().size();
  }

  /** Fields of a tile. */
  public int pairs() {
    return (planes() + 1) / 2;
  }

  /** Tiles of a map. */
  public int tiles() {
    return rows.tiles() * cols.tiles();
  }

  /** Samples of a map. */
  public long samples() {
    return (long) channels * rows.size() * cols.size();
  }
}
