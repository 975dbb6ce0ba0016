// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.function.IntFunction;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;

/** Twice: 3×3 convolution with bias, group normalisation, ReLU. Keeps the map's size. */
public final class DoubleConv extends Block implements Layer {
  private final Sequence doubleConv;

  /**
   * A block with parameters yet to be initialised.
   *
   * @param in channels of the input
   * @param mid channels between the two convolutions
   * @param out channels of the output
   * @param norm the normalisation for a number of channels
   */
  public DoubleConv(OpticalContext context, int in, int mid, int out, IntFunction<GroupNorm> norm) {
    super("DoubleConv");
    doubleConv =
        child(
            "double_conv",
            new Sequence()
                .then(new OptConv2d(context, ConvolutionSpec.of(in, mid, 3).padding(1)))
                .then(norm.apply(mid))
                .thenApply(Tensor::relu)
                .then(new OptConv2d(context, ConvolutionSpec.of(mid, out, 3).padding(1)))
                .then(norm.apply(out))
                .thenApply(Tensor::relu));
  }

  @Override
  public Tensor forward(Tensor x) {
    return doubleConv.forward(x);
  }
}
