// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import org.ofp.optconv.ConvolutionSpec.Axes;

/**
 * What a transposed convolution computes, in the terms of PyTorch's {@code ConvTranspose2d}: the
 * adjoint of the {@linkplain #adjoint() convolution} with the same weights {@code [inChannels,
 * outChannels/groups, kernelRows, kernelCols]}.
 *
 * <p>It is the convolution of the input with {@code stride−1} zeros between its pixels, padded by
 * {@code extent − 1 − padding} (and {@code outputPadding} more at the bottom and right), with the
 * flipped kernel. Immutable; the methods that take values return changed copies.
 *
 * @param inChannels input channels, at least 1, a multiple of {@code groups}
 * @param outChannels output channels, at least 1, a multiple of {@code groups}
 * @param kernel taps, at least 1
 * @param stride distance of the input's pixels in the output, at least 1
 * @param padding rows and columns of the full result that are cut off on either side, at least 0
 * @param outputPadding rows and columns more at the bottom and right, less than the larger of
 *     stride and dilation
 * @param dilation distance between kernel taps, at least 1
 * @param groups channel groups
 * @param bias whether a bias per output channel is added
 */
public record TransposedSpec(
    int inChannels,
    int outChannels,
    Axes kernel,
    Axes stride,
    Axes padding,
    Axes outputPadding,
    Axes dilation,
    int groups,
    boolean bias)
    implements LayerSpec {

  public TransposedSpec {
    adjoint(inChannels, outChannels, kernel, stride, padding, dilation, groups);
    requireOutputPadding(outputPadding.rows(), stride.rows(), dilation.rows());
    requireOutputPadding(outputPadding.cols(), stride.cols(), dilation.cols());
  }

  /** A square kernel with stride 1, no padding, one group and a bias: PyTorch's defaults. */
  public static TransposedSpec of(int inChannels, int outChannels, int kernel) {
    Axes one = new Axes(1, 1);
    Axes none = new Axes(0, 0);
    return new TransposedSpec(
        inChannels, outChannels, new Axes(kernel, kernel), one, none, none, one, 1, true);
  }

  /** This layer with another kernel shape. */
  public TransposedSpec kernel(int rows, int cols) {
    return with(new Axes(rows, cols), stride, padding, outputPadding, dilation, groups, bias);
  }

  /** This layer with the given stride in both directions. */
  public TransposedSpec stride(int stride) {
    return stride(stride, stride);
  }

  /** This layer with the given strides. */
  public TransposedSpec stride(int rows, int cols) {
    return with(kernel, new Axes(rows, cols), padding, outputPadding, dilation, groups, bias);
  }

  /** This layer with the given padding on all four sides. */
  public TransposedSpec padding(int padding) {
    return padding(padding, padding);
  }

  /** This layer with the given padding. */
  public TransposedSpec padding(int rows, int cols) {
    return with(kernel, stride, new Axes(rows, cols), outputPadding, dilation, groups, bias);
  }

  /** This layer with the given output padding in both directions. */
  public TransposedSpec outputPadding(int padding) {
    return outputPadding(padding, padding);
  }

  /** This layer with the given output padding. */
  public TransposedSpec outputPadding(int rows, int cols) {
    return with(kernel, stride, padding, new Axes(rows, cols), dilation, groups, bias);
  }

  /** This layer with the given dilations. */
  public TransposedSpec dilation(int rows, int cols) {
    return with(kernel, stride, padding, outputPadding, new Axes(rows, cols), groups, bias);
  }

  /** This layer with the given number of channel groups. */
  public TransposedSpec groups(int groups) {
    return with(kernel, stride, padding, outputPadding, dilation, groups, bias);
  }

  /** This layer with or without a bias. */
  public TransposedSpec bias(boolean bias) {
    return with(kernel, stride, padding, outputPadding, dilation, groups, bias);
  }

  private TransposedSpec with(
      Axes kernel,
      Axes stride,
      Axes padding,
      Axes outputPadding,
      Axes dilation,
      int groups,
      boolean bias) {
    return new TransposedSpec(
        inChannels, outChannels, kernel, stride, padding, outputPadding, dilation, groups, bias);
  }

  @Override
  public int kernelRows() {
    return kernel.rows();
  }

  @Override
  public int kernelCols() {
    return kernel.cols();
  }

  /** The convolution of which this is the adjoint: from this one's output to its input. */
  public ConvolutionSpec adjoint() {
    return adjoint(inChannels, outChannels, kernel, stride, padding, dilation, groups);
  }

  private static ConvolutionSpec adjoint(
      int inChannels,
      int outChannels,
      Axes kernel,
      Axes stride,
      Axes padding,
      Axes dilation,
      int groups) {
    return new ConvolutionSpec(
        outChannels, inChannels, kernel, stride, padding, dilation, groups, false);
  }

  /**
   * Output rows for a map of {@code rows}.
   *
   * @throws IllegalArgumentException if none are left
   */
  @Override
  public int outputRows(int rows) {
    return outputSize(
        "rows", rows, stride.rows(), padding.rows(), adjoint().extentRows(), outputPadding.rows());
  }

  /** Output columns for a map of {@code cols}; see {@link #outputRows}. */
  @Override
  public int outputCols(int cols) {
    return outputSize(
        "columns",
        cols,
        stride.cols(),
        padding.cols(),
        adjoint().extentCols(),
        outputPadding.cols());
  }

  private static int outputSize(
      String axis, int size, int stride, int padding, int extent, int outputPadding) {
    long output = (size - 1L) * stride - 2L * padding + extent + outputPadding;
    if (size < 1 || output < 1) {
      throw new IllegalArgumentException(
          "a map of "
              + size
              + " "
              + axis
              + " gives an output of "
              + output
              + "; use a larger map or less padding");
    }
    return Math.toIntExact(output);
  }

  private static void requireOutputPadding(int padding, int stride, int dilation) {
    if (padding < 0 || padding >= Math.max(stride, dilation)) {
      throw new IllegalArgumentException(
          "output padding = "
              + padding
              + " must be at least 0 and less than the larger of stride ("
              + stride
              + ") and dilation ("
              + dilation
              + ")");
    }
  }
}
