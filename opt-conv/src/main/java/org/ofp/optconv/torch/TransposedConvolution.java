// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.ofp.optconv.torch.LayerOperation.optional;
import static org.ofp.optconv.torch.LayerOperation.pair;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.ConvolutionSpec.Axes;
import org.ofp.optconv.PointwiseConvolver;
import org.ofp.optconv.TransposedSpec;

/** A transposed convolution: the adjoint of a convolution, which in turn is its data gradient. */
final class TransposedConvolution implements LayerOperation {
  private final TransposedSpec spec;
  private final ConvolutionSpec adjoint;

  TransposedConvolution(TransposedSpec spec) {
    this.spec = spec;
    adjoint = spec.adjoint();
  }

  /** The operation with the output padding that gives maps of the given size. */
  static TransposedConvolution toSize(TransposedSpec spec, Tensor x, int rows, int cols) {
    TransposedSpec least = spec.outputPadding(0);
    return new TransposedConvolution(
        spec.outputPadding(
            rows - least.outputRows(Math.toIntExact(x.size(2))),
            cols - least.outputCols(Math.toIntExact(x.size(3)))));
  }

  @Override
  public TransposedSpec spec() {
    return spec;
  }

  @Override
  public void requireMap(int rows, int cols) {
    spec.outputRows(rows);
    spec.outputCols(cols);
  }

  @Override
  public Tensor pad(Tensor x) {
    return x;
  }

  @Override
  public Tensor electronic(Tensor x, Tensor weight, Tensor bias) {
    return torch.conv_transpose2d(
        x,
        weight,
        optional(bias),
        pair(spec.stride()),
        pair(spec.padding()),
        pair(spec.outputPadding()),
        spec.groups(),
        pair(spec.dilation()));
  }

  @Override
  public Tensor optical(Engine engine, Tensor x, Tensor weight, Tensor bias) {
    return engine.convolve(spec, x, weight, bias);
  }

  @Override
  public double predictSnr(Engine engine, Tensor x, Tensor weight) {
    return engine.predictSnr(spec, x, weight);
  }

  /** The products of the pixels, put where the stride has them, on a ground of the bias. */
  @Override
  public Tensor pointwise(PointwiseConvolver engine, Tensor x, Tensor weight, Tensor bias) {
    ConvolutionSpec product =
        ConvolutionSpec.of(spec.inChannels(), spec.outChannels(), 1)
            .groups(spec.groups())
            .bias(spec.bias());
    Tensor pixels = Pointwise.convolve(engine, product, x, perOutput(weight), bias);
    Axes none = new Axes(0, 0);
    if (spec.stride().equals(new Axes(1, 1))
        && spec.padding().equals(none)
        && spec.outputPadding().equals(none)) {
      return pixels;
    }
    Tensor y =
        torch.zeros(
            x.size(0),
            spec.outChannels(),
            spec.outputRows(Math.toIntExact(x.size(2))),
            spec.outputCols(Math.toIntExact(x.size(3))));
    if (bias != null) {
      y.add_(bias.view(1, -1, 1, 1));
    }
    ZeroInsertion.put(pixels, y, spec.stride(), spec.padding());
    return y;
  }

  /** Single taps {@code [in, out/groups]} as {@code [out, in/groups]}. */
  private Tensor perOutput(Tensor weight) {
    return weight
        .reshape(spec.groups(), weight.size(0) / spec.groups(), weight.size(1))
        .transpose(1, 2);
  }

  /**
   * The convolution of which this is the adjoint. Output padding beyond the stride makes it see
   * more than this layer's input, which is cut off.
   */
  @Override
  public Tensor dataGradient(Engine engine, long[] shape, Tensor weight, Tensor gradY) {
    return engine
        .convolve(adjoint, gradY, weight, null)
        .narrow(2, 0, shape[2])
        .narrow(3, 0, shape[3]);
  }

  /** That of the convolution whose input is this layer's output. */
  @Override
  public Tensor weightGradient(Engine engine, Tensor x, Tensor gradY) {
    long rows = adjoint.outputRows(Math.toIntExact(gradY.size(2))) - x.size(2);
    long cols = adjoint.outputCols(Math.toIntExact(gradY.size(3))) - x.size(3);
    Tensor seen = rows == 0 && cols == 0 ? x : torch.constant_pad_nd(x, 0, cols, 0, rows);
    return engine.weightGradient(adjoint, gradY, seen);
  }
}
