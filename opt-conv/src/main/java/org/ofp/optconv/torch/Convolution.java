// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.ofp.optconv.torch.LayerOperation.optional;
import static org.ofp.optconv.torch.LayerOperation.pair;

import java.util.Locale;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.ConvolutionSpec.Axes;
import org.ofp.optconv.PaddingMode;
import org.ofp.optconv.PointwiseConvolver;
import org.ofp.optconv.TransposedSpec;

/** A convolution. What is not padded with zeros is padded by libtorch before the engines see it. */
final class Convolution implements LayerOperation {
  private final ConvolutionSpec spec;
  private final PaddingMode mode;
  private final ConvolutionSpec onPadded;

  Convolution(ConvolutionSpec spec, PaddingMode mode) {
    this.spec = spec;
    this.mode = mode;
    onPadded = mode == PaddingMode.ZEROS ? spec : spec.padding(0);
  }

  @Override
  public ConvolutionSpec spec() {
    return spec;
  }

  @Override
  public void requireMap(int rows, int cols) {
    spec.outputRows(rows);
    spec.outputCols(cols);
    requirePadding("rows", spec.paddingRows(), rows);
    requirePadding("columns", spec.paddingCols(), cols);
  }

  private void requirePadding(String axis, int padding, int size) {
    int most =
        switch (mode) {
          case ZEROS, REPLICATE -> Integer.MAX_VALUE;
          case REFLECT -> size - 1;
          case CIRCULAR -> size;
        };
    if (padding > most) {
      throw new IllegalArgumentException(
          mode.name().toLowerCase(Locale.ROOT)
              + " padding of "
              + padding
              + " "
              + axis
              + " is too much for the map, the most is "
              + most
              + "; use a larger map or less padding");
    }
  }

  @Override
  public Tensor pad(Tensor x) {
    if (mode == PaddingMode.ZEROS || (spec.paddingRows() == 0 && spec.paddingCols() == 0)) {
      return x;
    }
    int rows = spec.paddingRows();
    int cols = spec.paddingCols();
    return torch.pad(
        x,
        new long[] {cols, cols, rows, rows},
        mode.name().toLowerCase(Locale.ROOT),
        new DoubleOptional());
  }

  @Override
  public Tensor electronic(Tensor x, Tensor weight, Tensor bias) {
    return torch.conv2d(
        x,
        weight,
        optional(bias),
        pair(onPadded.stride()),
        pair(onPadded.padding()),
        pair(onPadded.dilation()),
        onPadded.groups());
  }

  @Override
  public Tensor optical(Engine engine, Tensor x, Tensor weight, Tensor bias) {
    return engine.convolve(onPadded, x, weight, bias);
  }

  @Override
  public double predictSnr(Engine engine, Tensor x, Tensor weight) {
    return engine.predictSnr(onPadded, x, weight);
  }

  @Override
  public Tensor pointwise(PointwiseConvolver engine, Tensor x, Tensor weight, Tensor bias) {
    Axes padding = onPadded.padding();
    Tensor padded =
        padding.rows() == 0 && padding.cols() == 0
            ? x
            : torch.constant_pad_nd(
                x, padding.cols(), padding.cols(), padding.rows(), padding.rows());
    return Pointwise.convolve(
        engine, onPadded, Strides.every(padded, onPadded.stride()), weight, bias);
  }

  /** The adjoint, with as many rows and columns more as the stride had left over. */
  @Override
  public Tensor dataGradient(Engine engine, long[] shape, Tensor weight, Tensor gradY) {
    int rows = Math.toIntExact(shape[2]) + 2 * onPadded.paddingRows() - onPadded.extentRows();
    int cols = Math.toIntExact(shape[3]) + 2 * onPadded.paddingCols() - onPadded.extentCols();
    TransposedSpec adjoint =
        new TransposedSpec(
            onPadded.outChannels(),
            onPadded.inChannels(),
            onPadded.kernel(),
            onPadded.stride(),
            onPadded.padding(),
            new Axes(rows % onPadded.strideRows(), cols % onPadded.strideCols()),
            onPadded.dilation(),
            onPadded.groups(),
            false);
    return engine.convolve(adjoint, gradY, weight, null);
  }

  @Override
  public Tensor weightGradient(Engine engine, Tensor x, Tensor gradY) {
    return engine.weightGradient(onPadded, x, gradY);
  }
}
