// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import org.ofp.device.Capabilities;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;

/**
 * How a layer's map is cut into frames by overlap-save: a frame of T samples holds T−k+1 outputs
 * that the circular wrap does not touch, so frames lie T−k+1 apart and overlap by k−1.
 *
 * <p>Immutable. Depends on the layer, the map's size and the device alone, never on the batch.
 *
 * @param spec the layer
 * @param rows rows of the input map
 * @param cols columns of the input map
 * @param frame shape of every frame
 * @param tileRows tiles down the map
 * @param tileCols tiles across the map
 * @param columns tiles that are multiplied at once, a multiple of {@value #COLUMN_BLOCK}
 */
public record TilePlan(
    ConvolutionSpec spec,
    int rows,
    int cols,
    FrameShape frame,
    int tileRows,
    int tileCols,
    int columns) {

  /** Matrix products get a fixed width, so that a tile's result does not depend on its company. */
  static final int COLUMN_BLOCK = 16;

  private static final int MAX_COLUMNS = 64;

  /** Most memory for the spectra of the tiles that are multiplied at once. */
  private static final long SPECTRA_BYTES = 256L << 20;

  /**
   * The plan for a map of the given size.
   *
   * @throws IllegalArgumentException if the padded map is smaller than the kernel
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED} if the kernel is larger than a frame
   */
  public static TilePlan of(ConvolutionSpec spec, int rows, int cols, Capabilities capabilities) {
    spec.outputRows(rows);
    spec.outputCols(cols);
    FrameShape frame = FrameChooser.choose(spec, rows, cols, capabilities);
    return of(spec, rows, cols, frame);
  }

  /** The plan with a given frame, which must be at least as large as the kernel. */
  static TilePlan of(ConvolutionSpec spec, int rows, int cols, FrameShape frame) {
    int tileRows = ceilDiv(usedRows(spec, rows), frame.rows() - spec.extentRows() + 1);
    int tileCols = ceilDiv(usedCols(spec, cols), frame.cols() - spec.extentCols() + 1);
    long tiles = Math.min((long) tileRows * tileCols, MAX_COLUMNS);
    int columns = ceilDiv((int) tiles, COLUMN_BLOCK) * COLUMN_BLOCK;
    long perColumn = 8L * halfSpectrum(frame) * (spec.inChannels() + spec.outChannels());
    while (columns > COLUMN_BLOCK && columns * perColumn > SPECTRA_BYTES) {
      columns -= COLUMN_BLOCK;
    }
    return new TilePlan(spec, rows, cols, frame, tileRows, tileCols, columns);
  }

  /** Rows of the unstrided result that the strided one uses. */
  static int usedRows(ConvolutionSpec spec, int rows) {
    return (spec.outputRows(rows) - 1) * spec.strideRows() + 1;
  }

  /** Columns of the unstrided result that the strided one uses. */
  static int usedCols(ConvolutionSpec spec, int cols) {
    return (spec.outputCols(cols) - 1) * spec.strideCols() + 1;
  }

  /** Frequencies of a real frame that are kept: all rows, columns 0 … ⌊C/2⌋. */
  static int halfSpectrum(FrameShape frame) {
    return frame.rows() * (frame.cols() / 2 + 1);
  }

  static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Rows of a frame that hold outputs. */
  public int validRows() {
    return frame.rows() - spec.extentRows() + 1;
  }

  /** Columns of a frame that hold outputs. */
  public int validCols() {
    return frame.cols() - spec.extentCols() + 1;
  }

  public int outputRows() {
    return spec.outputRows(rows);
  }

  public int outputCols() {
    return spec.outputCols(cols);
  }

  /** Tiles of one image. */
  public int tiles() {
    return tileRows * tileCols;
  }

  /** Frequencies that are multiplied. */
  public int frequencies() {
    return halfSpectrum(frame);
  }

  /** Complex frames of a tile on the way in: two real channels share a frame. */
  public int inputPairs() {
    return ceilDiv(spec.inChannels(), 2);
  }

  /** Complex frames of a tile on the way back. */
  public int outputPairs() {
    return ceilDiv(spec.outChannels(), 2);
  }

  /** Frames that one image takes on the device. */
  public long frames() {
    return (long) tiles() * (inputPairs() + outputPairs());
  }
}
