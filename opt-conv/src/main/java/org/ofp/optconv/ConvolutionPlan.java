// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import org.ofp.device.FrameShape;

/**
 * How a layer on maps of one size is run on an optical device: plain data, made by {@link
 * ConvolutionPlanner}.
 *
 * <p>Maps are cut into frames by overlap-save: a frame of T samples holds T−e+1 outputs that the
 * circular wrap does not touch, e being the extent of the dense kernel, so frames lie T−e+1 apart
 * and overlap by e−1. Strides and kernels larger than a frame turn into more planes with smaller
 * kernels, see {@link AxisGeometry}. A plan depends on the layer, the map's size and the device
 * alone, never on the batch.
 *
 * @param layer what is computed
 * @param rows rows of the input map
 * @param cols columns of the input map
 * @param frame shape of every frame
 * @param extentRows rows of the dense kernels in the frames
 * @param extentCols columns of the dense kernels
 * @param inPlanes real planes that are transformed per tile: channels times phases
 * @param outPlanes real planes that come back per tile
 * @param tileRows tiles down the map
 * @param tileCols tiles across the map
 * @param columns tiles that a matrix product multiplies at once, a multiple of {@value
 *     #COLUMN_BLOCK}
 * @param effort what one transform of a field takes of the device
 */
public record ConvolutionPlan(
    LayerSpec layer,
    int rows,
    int cols,
    FrameShape frame,
    int extentRows,
    int extentCols,
    int inPlanes,
    int outPlanes,
    int tileRows,
    int tileCols,
    int columns,
    TransformEffort effort) {

  /** Matrix products get a fixed width, so that a tile's result does not depend on its company. */
  static final int COLUMN_BLOCK = 16;

  /** The plan with a given frame, at least as large as the dense kernel. */
  static ConvolutionPlan of(
      LayerSpec layer,
      int rows,
      int cols,
      FrameShape frame,
      LayerGeometry geometry,
      TransformEffort effort) {
    int validRows = frame.rows() - geometry.rows().extent() + 1;
    int validCols = frame.cols() - geometry.cols().extent() + 1;
    int tileRows = ceilDiv(geometry.rows().count(), validRows);
    int tileCols = ceilDiv(geometry.cols().count(), validCols);
    return new ConvolutionPlan(
        layer,
        rows,
        cols,
        frame,
        geometry.rows().extent(),
        geometry.cols().extent(),
        geometry.inPlanes(),
        geometry.outPlanes(),
        tileRows,
        tileCols,
        SpectralCost.bestColumns((long) tileRows * tileCols),
        effort);
  }

  static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** The planes' geometry. */
  LayerGeometry geometry() {
    return LayerGeometry.of(layer, rows, cols, extentRows, extentCols);
  }

  /** Rows of a frame that hold outputs. */
  public int validRows() {
    return frame.rows() - extentRows + 1;
  }

  /** Columns of a frame that hold outputs. */
  public int validCols() {
    return frame.cols() - extentCols + 1;
  }

  /** Rows of the output map. */
  public int outputRows() {
    return layer.outputRows(rows);
  }

  /** Columns of the output map. */
  public int outputCols() {
    return layer.outputCols(cols);
  }

  /** Tiles of one image. */
  public int tiles() {
    return tileRows * tileCols;
  }

  /**
   * Frequencies that are multiplied: half of a real plane's spectrum, all rows, columns 0 … C/2.
   */
  public int frequencies() {
    return frame.rows() * (frame.cols() / 2 + 1);
  }

  /** Complex fields of a tile on the way in: two real planes share a field. */
  public int inputPairs() {
    return ceilDiv(inPlanes, 2);
  }

  /** Complex fields of a tile on the way back. */
  public int outputPairs() {
    return ceilDiv(outPlanes, 2);
  }

  /** Frames that the device shows for one transform of a field. */
  public int framesPerTransform() {
    return effort.frames();
  }

  /** Transforms of fields for one image, both passes. */
  public long transforms() {
    return (long) tiles() * (inputPairs() + outputPairs());
  }

  /** Frames that the device shows for one image, both passes. */
  public long frames() {
    return transforms() * framesPerTransform();
  }

  /** Seconds that the device takes for one image, expected: it meters exposures frame by frame. */
  public double deviceSeconds() {
    return transforms() * effort.seconds();
  }

  /** Joules that the device takes for one image; 0 where it declares none. */
  public double deviceJoules() {
    return transforms() * effort.joules();
  }

  /**
   * Nanoseconds that one core of the computer takes for one image, kept spectra assumed: a rough
   * estimate from constants, by which plans are compared, not a forecast for this machine.
   */
  public double hostNanoseconds() {
    return SpectralCost.of(this);
  }

  /** Real multiply-accumulate operations of the layer in electronics, see {@link MacCount}. */
  public long electronicMacs() {
    return MacCount.electronic(layer, rows, cols);
  }

  /**
   * Whether the kernels are applied frame by frame, as those of depthwise layers are, and not
   * frequency by frequency to many tiles at once.
   */
  private boolean isPairwise() {
    return layer.groups() > 1 && PairwiseSpectra.suits(geometry());
  }

  /**
   * Real multiply-accumulate operations between the transforms, for one image: four for a complex
   * one. Matrix products take all frequencies and columns, those that hold no tile too; depthwise
   * layers take two complex ones per pixel of a frame, see {@link PairwiseSpectra}.
   */
  public long spectralMacs() {
    if (isPairwise()) {
      return 8L * frame.pixels() * inputPairs() * tiles();
    }
    long padded = (long) ceilDiv(tiles(), columns) * columns;
    return 4L * frequencies() * padded * outPlanes * (inPlanes / layer.groups());
  }

  /** Bytes of the kernels' spectra if they are kept. */
  public long spectraBytes() {
    return isPairwise()
        ? 16L * frame.pixels() * inputPairs()
        : 8L * frequencies() * outPlanes * (inPlanes / layer.groups());
  }

  /**
   * Bytes of the maps' spectra for one block of tiles, the least that a run works with; 0 where
   * they are not sorted by frequency.
   */
  public long blockBytes() {
    return isPairwise() ? 0 : 8L * frequencies() * columns * (inPlanes + outPlanes);
  }

  /** Bytes that a run needs at the least, kept spectra aside. */
  long leastBytes() {
    boolean fresh = isPairwise() || !KernelTaps.suits(this);
    return blockBytes() + (fresh ? spectraBytes() : 0);
  }
}
