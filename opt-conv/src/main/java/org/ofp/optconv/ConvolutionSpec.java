// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/**
 * What a two-dimensional convolution layer computes, in the terms of PyTorch's {@code Conv2d}: a
 * cross-correlation of {@code [n, inChannels, h, w]} with weights {@code [outChannels,
 * inChannels/groups, kernelRows, kernelCols]}.
 *
 * <p>Immutable; the {@code with…} style methods return changed copies.
 *
 * @param inChannels input channels, at least 1, a multiple of {@code groups}
 * @param outChannels output channels, at least 1, a multiple of {@code groups}
 * @param kernelRows kernel height in taps, at least 1
 * @param kernelCols kernel width in taps, at least 1
 * @param strideRows output step in rows, at least 1
 * @param strideCols output step in columns, at least 1
 * @param paddingRows zeros added above and below, at least 0
 * @param paddingCols zeros added left and right, at least 0
 * @param dilationRows distance between kernel taps in rows, at least 1
 * @param dilationCols distance between kernel taps in columns, at least 1
 * @param groups channel groups; equal to both channel counts for a depthwise convolution
 * @param bias whether a bias per output channel is added
 */
public record ConvolutionSpec(
    int inChannels,
    int outChannels,
    int kernelRows,
    int kernelCols,
    int strideRows,
    int strideCols,
    int paddingRows,
    int paddingCols,
    int dilationRows,
    int dilationCols,
    int groups,
    boolean bias) {

  public ConvolutionSpec {
    atLeast(1, "in channels", inChannels);
    atLeast(1, "out channels", outChannels);
    atLeast(1, "kernel", kernelRows, kernelCols);
    atLeast(1, "stride", strideRows, strideCols);
    atLeast(0, "padding", paddingRows, paddingCols);
    atLeast(1, "dilation", dilationRows, dilationCols);
    atLeast(1, "groups", groups);
    if (inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "groups = "
              + groups
              + " must divide the in channels ("
              + inChannels
              + ") and the out channels ("
              + outChannels
              + ")");
    }
  }

  /** A square kernel with stride 1, no padding, one group and a bias: PyTorch's defaults. */
  public static ConvolutionSpec of(int inChannels, int outChannels, int kernel) {
    return new ConvolutionSpec(inChannels, outChannels, kernel, kernel, 1, 1, 0, 0, 1, 1, 1, true);
  }

  /** This layer with another kernel shape. */
  public ConvolutionSpec kernel(int rows, int cols) {
    return new ConvolutionSpec(
        inChannels,
        outChannels,
        rows,
        cols,
        strideRows,
        strideCols,
        paddingRows,
        paddingCols,
        dilationRows,
        dilationCols,
        groups,
        bias);
  }

  /** This layer with the given stride in both directions. */
  public ConvolutionSpec stride(int stride) {
    return stride(stride, stride);
  }

  /** This layer with the given strides. */
  public ConvolutionSpec stride(int rows, int cols) {
    return new ConvolutionSpec(
        inChannels,
        outChannels,
        kernelRows,
        kernelCols,
        rows,
        cols,
        paddingRows,
        paddingCols,
        dilationRows,
        dilationCols,
        groups,
        bias);
  }

  /** This layer with the given zero padding on all four sides. */
  public ConvolutionSpec padding(int padding) {
    return padding(padding, padding);
  }

  /** This layer with the given zero padding. */
  public ConvolutionSpec padding(int rows, int cols) {
    return new ConvolutionSpec(
        inChannels,
        outChannels,
        kernelRows,
        kernelCols,
        strideRows,
        strideCols,
        rows,
        cols,
        dilationRows,
        dilationCols,
        groups,
        bias);
  }

  /** This layer with the given dilation in both directions. */
  public ConvolutionSpec dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** This layer with the given dilations. */
  public ConvolutionSpec dilation(int rows, int cols) {
    return new ConvolutionSpec(
        inChannels,
        outChannels,
        kernelRows,
        kernelCols,
        strideRows,
        strideCols,
        paddingRows,
        paddingCols,
        rows,
        cols,
        groups,
        bias);
  }

  /** This layer with the given number of channel groups. */
  public ConvolutionSpec groups(int groups) {
    return new ConvolutionSpec(
        inChannels,
        outChannels,
        kernelRows,
        kernelCols,
        strideRows,
        strideCols,
        paddingRows,
        paddingCols,
        dilationRows,
        dilationCols,
        groups,
        bias);
  }

  /** This layer with or without a bias. */
  public ConvolutionSpec bias(boolean bias) {
    return new ConvolutionSpec(
        inChannels,
        outChannels,
        kernelRows,
        kernelCols,
        strideRows,
        strideCols,
        paddingRows,
        paddingCols,
        dilationRows,
        dilationCols,
        groups,
        bias);
  }

  /** Rows that one output row depends on: {@code dilation·(kernel−1)+1}. */
  public int extentRows() {
    return Math.addExact(Math.multiplyExact(dilationRows, kernelRows - 1), 1);
  }

  /** Columns that one output column depends on. */
  public int extentCols() {
    return Math.addExact(Math.multiplyExact(dilationCols, kernelCols - 1), 1);
  }

  /**
   * Output rows for a map of {@code rows}.
   *
   * @throws IllegalArgumentException if the padded map is smaller than the kernel
   */
  public int outputRows(int rows) {
    return outputSize("rows", rows, paddingRows, extentRows(), strideRows);
  }

  /** Output columns for a map of {@code cols}; see {@link #outputRows}. */
  public int outputCols(int cols) {
    return outputSize("columns", cols, paddingCols, extentCols(), strideCols);
  }

  /** Whether the kernel is a single tap, so that the layer is a matrix product per pixel. */
  public boolean isPointwise() {
    return kernelRows == 1 && kernelCols == 1;
  }

  /** Weights the layer holds: {@code outChannels·inChannels/groups·kernelRows·kernelCols}. */
  public int weightCount() {
    return Math.multiplyExact(
        Math.multiplyExact(outChannels, inChannels / groups),
        Math.multiplyExact(kernelRows, kernelCols));
  }

  private static int outputSize(String axis, int size, int padding, int extent, int stride) {
    long padded = size + 2L * padding;
    if (size < 1 || padded < extent) {
      throw new IllegalArgumentException(
          "a map of "
              + size
              + " "
              + axis
              + " padded to "
              + padded
              + " is smaller than the kernel's extent of "
              + extent
              + "; use a larger map or more padding");
    }
    return Math.toIntExact((padded - extent) / stride + 1);
  }

  private static void atLeast(int least, String what, int... values) {
    for (int value : values) {
      if (value < least) {
        throw new IllegalArgumentException(what + " = " + value + " must be at least " + least);
      }
    }
  }
}
