// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * How spectra of real planes lie in memory for products frequency by frequency: {@code
 * [blocks][frequencies][planes][columns]}, interleaved complex, a column being a tile. Real planes
 * need half the frequencies: all rows, columns 0 … ⌊C/2⌋.
 *
 * @param frame shape of the fields of which two planes share one
 * @param planes of a tile
 * @param columns tiles of a block
 */
@Experimental(since = "0.1")
public record SpectraLayout(FrameShape frame, int planes, int columns) {
  /** Frequencies that are kept. */
  public int frequencies() {
    return frame.rows() * (frame.cols() / 2 + 1);
  }

  /** Fields of a tile. */
  public int pairs() {
    return (planes + 1) / 2;
  }

  /** Floats of a block. */
  public long blockFloats() {
    return 2L * frequencies() * planes * columns;
  }
}
