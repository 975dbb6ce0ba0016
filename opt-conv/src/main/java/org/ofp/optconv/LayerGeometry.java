// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;

/**
 * A layer on a map of one size as dense correlations between planes: the phases of the channels,
 * see {@link AxisGeometry}. Within a group planes are numbered {@code [channel][row phase][column
 * phase]}, and groups follow each other.
 *
 * @param inChannels channels of the layer's input
 * @param outChannels channels of its output
 * @param groups channel groups
 * @param rows geometry down the map
 * @param cols geometry across the map
 * @param transposed whether weights are {@code [in, out/groups, rows, cols]}, not {@code [out,
 *     in/groups, rows, cols]}
 */
record LayerGeometry(
    int inChannels,
    int outChannels,
    int groups,
    AxisGeometry rows,
    AxisGeometry cols,
    boolean transposed) {

  /**
   * The geometry of a layer on a map.
   *
   * @param maxRows largest extent of a dense kernel down the map
   * @param maxCols largest extent across
   */
  static LayerGeometry of(LayerSpec layer, int rows, int cols, int maxRows, int maxCols) {
    if (layer instanceof ConvolutionSpec spec) {
      return new LayerGeometry(
          spec.inChannels(),
          spec.outChannels(),
          spec.groups(),
          AxisGeometry.convolution(
              rows,
              spec.outputRows(rows),
              spec.kernelRows(),
              spec.strideRows(),
              spec.paddingRows(),
              spec.dilationRows(),
              maxRows),
          AxisGeometry.convolution(
              cols,
              spec.outputCols(cols),
              spec.kernelCols(),
              spec.strideCols(),
              spec.paddingCols(),
              spec.dilationCols(),
              maxCols),
          false);
    }
    TransposedSpec spec = (TransposedSpec) layer;
    return new LayerGeometry(
        spec.inChannels(),
        spec.outChannels(),
        spec.groups(),
        AxisGeometry.transposed(
            rows,
            spec.outputRows(rows),
            spec.kernelRows(),
            spec.stride().rows(),
            spec.padding().rows(),
            spec.dilation().rows(),
            maxRows),
        AxisGeometry.transposed(
            cols,
            spec.outputCols(cols),
            spec.kernelCols(),
            spec.stride().cols(),
            spec.padding().cols(),
            spec.dilation().cols(),
            maxCols),
        true);
  }

  /** Input planes of a channel. */
  int inPhases() {
    return rows.inOffsets().length * cols.inOffsets().length;
  }

  /** Output planes of a channel. */
  int outPhases() {
    return rows.outOffsets().length * cols.outOffsets().length;
  }

  int inPlanes() {
    return inChannels * inPhases();
  }

  int outPlanes() {
    return outChannels * outPhases();
  }

  int inPlanesPerGroup() {
    return inPlanes() / groups;
  }

  int outPlanesPerGroup() {
    return outPlanes() / groups;
  }

  /** Complex frames of a tile on the way in: two real planes share a frame. */
  int inputPairs() {
    return (inPlanes() + 1) / 2;
  }

  /** Complex frames of a tile on the way back. */
  int outputPairs() {
    return (outPlanes() + 1) / 2;
  }

  int inRowPhase(int plane) {
    return plane % inPhases() / cols.inOffsets().length;
  }

  int inColPhase(int plane) {
    return plane % cols.inOffsets().length;
  }

  int outRowPhase(int plane) {
    return plane % outPhases() / cols.outOffsets().length;
  }

  int outColPhase(int plane) {
    return plane % cols.outOffsets().length;
  }

  /**
   * Writes the dense kernel between two planes into one part of a complex field of zeros.
   *
   * @param out output plane, of any group
   * @param in input plane of the same group
   * @param frameCols columns of the field
   * @param target index of the field's first real, or imaginary, part
   */
  void placeKernel(FloatBuffer weights, int out, int in, int frameCols, float[] field, int target) {
    forTaps(
        out,
        in,
        (weight, row, col) -> field[target + 2 * (row * frameCols + col)] = weights.get(weight));
  }

  /**
   * The way back: reads a dense kernel off a plane.
   *
   * @param plane values of which the kernel is the corner at {@code source}
   * @param scale factor
   * @param weights receives the layer's weights between the two planes
   */
  void takeKernel(
      float[] plane, int source, int frameCols, float scale, int out, int in, FloatBuffer weights) {
    forTaps(
        out,
        in,
        (weight, row, col) -> weights.put(weight, scale * plane[source + row * frameCols + col]));
  }

  private void forTaps(int out, int in, Tap action) {
    int kernelRows = rows.tapAt().length;
    int kernelCols = cols.tapAt().length;
    int first = weightIndex(out / outPhases(), in / inPhases()) * kernelRows * kernelCols;
    for (int i = 0; i < kernelRows; i++) {
      if (rows.tapIn()[i] != inRowPhase(in) || rows.tapOut()[i] != outRowPhase(out)) {
        continue;
      }
      for (int j = 0; j < kernelCols; j++) {
        if (cols.tapIn()[j] == inColPhase(in) && cols.tapOut()[j] == outColPhase(out)) {
          action.of(first + i * kernelCols + j, rows.tapAt()[i], cols.tapAt()[j]);
        }
      }
    }
  }

  private interface Tap {
    /** Weight number {@code weight} sits at a place in the dense kernel. */
    void of(int weight, int row, int col);
  }

  /** Number of the kernel between an output channel and an input channel of its group. */
  private int weightIndex(int outChannel, int inChannel) {
    int inPerGroup = inChannels / groups;
    int outPerGroup = outChannels / groups;
    return transposed
        ? inChannel * outPerGroup + outChannel % outPerGroup
        : outChannel * inPerGroup + inChannel % inPerGroup;
  }
}
