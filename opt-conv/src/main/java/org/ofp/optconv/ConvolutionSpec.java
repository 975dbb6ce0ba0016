// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/**
 * What a two-dimensional convolution layer computes, in the terms of PyTorch's {@code Conv2d}: a
 * cross-correlation of {@code [n, inChannels, h, w]} with weights {@code [outChannels,
 * inChannels/groups, kernelRows, kernelCols]}.
 *
 * <p>Immutable; the methods that take values return changed copies.
 *
 * @param inChannels input channels, at least 1, a multiple of {@code groups}
 * @param outChannels output channels, at least 1, a multiple of {@code groups}
 * @param kernel taps, at least 1
 * @param stride output step, at least 1
 * @param padding zeros added on either side, at least 0
 * @param dilation distance between kernel taps, at least 1
 * @param groups channel groups; equal to both channel counts for a depthwise convolution
 * @param bias whether a bias per output channel is added
 */
public record ConvolutionSpec(
    int inChannels,
    int outChannels,
    Axes kernel,
    Axes stride,
    Axes padding,
    Axes dilation,
    int groups,
    boolean bias)
    implements LayerSpec {

  /**
   * A value for each direction.
   *
   * @param rows down the map
   * @param cols across the map
   */
  public record Axes(int rows, int cols) {}

  public ConvolutionSpec {
    atLeast(1, "in channels", inChannels);
    atLeast(1, "out channels", outChannels);
    atLeast(1, "kernel", kernel.rows, kernel.cols);
    atLeast(1, "stride", stride.rows, stride.cols);
    atLeast(0, "padding", padding.rows, padding.cols);
    atLeast(1, "dilation", dilation.rows, dilation.cols);
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
    Axes one = new Axes(1, 1);
    return new ConvolutionSpec(
        inChannels, outChannels, new Axes(kernel, kernel), one, new Axes(0, 0), one, 1, true);
  }

  /** This layer with another kernel shape. */
  public ConvolutionSpec kernel(int rows, int cols) {
    return with(new Axes(rows, cols), stride, padding, dilation, groups, bias);
  }

  /** This layer with the given stride in both directions. */
  public ConvolutionSpec stride(int stride) {
    return stride(stride, stride);
  }

  /** This layer with the given strides. */
  public ConvolutionSpec stride(int rows, int cols) {
    return with(kernel, new Axes(rows, cols), padding, dilation, groups, bias);
  }

  /** This layer with the given zero padding on all four sides. */
  public ConvolutionSpec padding(int padding) {
    return padding(padding, padding);
  }

  /** This layer with the given zero padding. */
  public ConvolutionSpec padding(int rows, int cols) {
    return with(kernel, stride, new Axes(rows, cols), dilation, groups, bias);
  }

  /**
   * This layer with the zero padding that keeps the map's size: PyTorch's {@code padding="same"}.
   *
   * @throws IllegalArgumentException if the layer has a stride, or a kernel of even extent, which
   *     would need more padding on one side than on the other
   */
  public ConvolutionSpec same() {
    if (stride.rows != 1 || stride.cols != 1 || extentRows() % 2 == 0 || extentCols() % 2 == 0) {
      throw new IllegalArgumentException(
          "padding \"same\" needs stride 1 and kernels of odd extent, not stride "
              + stride.rows
              + "×"
              + stride.cols
              + " and extent "
              + extentRows()
              + "×"
              + extentCols()
              + "; pad the map before the layer");
    }
    return padding(extentRows() / 2, extentCols() / 2);
  }

  /** This layer with the given dilation in both directions. */
  public ConvolutionSpec dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** This layer with the given dilations. */
  public ConvolutionSpec dilation(int rows, int cols) {
    return with(kernel, stride, padding, new Axes(rows, cols), groups, bias);
  }

  /** This layer with the given number of channel groups. */
  public ConvolutionSpec groups(int groups) {
    return with(kernel, stride, padding, dilation, groups, bias);
  }

  /** This layer with or without a bias. */
  public ConvolutionSpec bias(boolean bias) {
    return with(kernel, stride, padding, dilation, groups, bias);
  }

  private ConvolutionSpec with(
      Axes kernel, Axes stride, Axes padding, Axes dilation, int groups, boolean bias) {
    return new ConvolutionSpec(
        inChannels, outChannels, kernel, stride, padding, dilation, groups, bias);
  }

  /** Taps down the map; {@link #kernelCols} across. */
  @Override
  public int kernelRows() {
    return kernel.rows;
  }

  @Override
  public int kernelCols() {
    return kernel.cols;
  }

  /** Output step in rows; {@link #strideCols} in columns. */
  public int strideRows() {
    return stride.rows;
  }

  public int strideCols() {
    return stride.cols;
  }

  /** Zeros above and below; {@link #paddingCols} left and right. */
  public int paddingRows() {
    return padding.rows;
  }

  public int paddingCols() {
    return padding.cols;
  }

  /** Rows between taps; {@link #dilationCols} columns. */
  public int dilationRows() {
    return dilation.rows;
  }

  public int dilationCols() {
    return dilation.cols;
  }

  /** Rows that one output row depends on: {@code dilation·(kernel−1)+1}. */
  public int extentRows() {
    return Math.addExact(Math.multiplyExact(dilation.rows, kernel.rows - 1), 1);
  }

  /** Columns that one output column depends on. */
  public int extentCols() {
    return Math.addExact(Math.multiplyExact(dilation.cols, kernel.cols - 1), 1);
  }

  /**
   * Output rows for a map of {@code rows}.
   *
   * @throws IllegalArgumentException if the padded map is smaller than the kernel
   */
  @Override
  public int outputRows(int rows) {
    return outputSize("rows", rows, padding.rows, extentRows(), stride.rows);
  }

  /** Output columns for a map of {@code cols}; see {@link #outputRows}. */
  @Override
  public int outputCols(int cols) {
    return outputSize("columns", cols, padding.cols, extentCols(), stride.cols);
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
