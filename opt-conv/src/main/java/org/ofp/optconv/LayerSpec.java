// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/** A layer that an optical device can run: a convolution or a transposed one. */
public sealed interface LayerSpec permits ConvolutionSpec, TransposedSpec {
  /** Channels of the input. */
  int inChannels();

  /** Channels of the output. */
  int outChannels();

  /** Channel groups. */
  int groups();

  /** Whether a bias per output channel is added. */
  boolean bias();

  /** Taps down the map. */
  int kernelRows();

  /** Taps across the map. */
  int kernelCols();

  /** Whether the kernel is a single tap. */
  default boolean isPointwise() {
    return kernelRows() == 1 && kernelCols() == 1;
  }

  /** Weights that the layer holds, each channel pair of a group having its own kernel. */
  default int weightCount() {
    return Math.multiplyExact(
        Math.multiplyExact(outChannels(), inChannels() / groups()),
        Math.multiplyExact(kernelRows(), kernelCols()));
  }

  /**
   * Output rows for a map of {@code rows}.
   *
   * @throws IllegalArgumentException if there would be none
   */
  int outputRows(int rows);

  /** Output columns for a map of {@code cols}; see {@link #outputRows}. */
  int outputCols(int cols);
}
