// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;

/**
 * EfficientNet's mobile inverted bottleneck: 1×1 expansion (left out at ratio 1, so that the
 * numbers of the parts after it shift by one), k×k depthwise convolution, squeeze-and-excite, 1×1
 * projection without activation; added to the input where the shapes agree.
 */
final class MBConvBlock extends Block implements Layer {
  private static final int SQUEEZE = 4; // squeeze to a quarter of the block's input channels

  private final Sequence conv = new Sequence();
  private final boolean residual;
  private final StochasticDepth depth;

  /**
   * A block from {@code in} to {@code out} channels.
   *
   * @param kernel taps per side of the depthwise convolution, odd
   * @param expand expanded channels per input channel
   * @param depth drops the branch in training where the block has a residual connection
   */
  MBConvBlock(
      OpticalContext context,
      int in,
      int out,
      int kernel,
      int stride,
      int expand,
      StochasticDepth depth) {
    super("MBConvBlock");
    this.depth = depth;
    residual = stride == 1 && in == out;
    int expanded = in * expand;
    if (expand != 1) {
      conv.then(normalised(context, ConvolutionSpec.of(in, expanded, 1)).thenApply(torch::silu));
    }
    ConvolutionSpec depthwise =
        ConvolutionSpec.of(expanded, expanded, kernel)
            .stride(stride)
            .padding(kernel / 2)
            .groups(expanded);
    conv.then(normalised(context, depthwise).thenApply(torch::silu));
    conv.then(new SqueezeExcite(context, expanded, in / SQUEEZE));
    conv.then(normalised(context, ConvolutionSpec.of(expanded, out, 1)));
    child("conv", conv);
  }

  /** A convolution without bias, normalised per channel. */
  static Sequence normalised(OpticalContext context, ConvolutionSpec spec) {
    return new Sequence()
        .then(new OptConv2d(context, spec.bias(false)))
        .then(GroupNorm.perChannel(spec.outChannels()));
  }

  @Override
  public Tensor forward(Tensor x) {
    if (!residual) {
      return conv.forward(x);
    }
    return Scoped.call(
        () -> {
          Tensor branch = conv.forward(x);
          return x.add(is_training() ? depth.drop(branch) : branch);
        });
  }
}
