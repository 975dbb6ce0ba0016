// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;

/** The convolutions of VGG between two poolings: 3×3, each with a ReLU. Keeps the map's size. */
final class VggStage extends Block implements Layer {
  private final Sequence layer = new Sequence();

  /**
   * A stage with parameters yet to be initialised.
   *
   * @param channels of the input, then of each convolution's output
   */
  VggStage(OpticalContext context, int... channels) {
    super("VGGLayer");
    for (int i = 1; i < channels.length; i++) {
      ConvolutionSpec spec = ConvolutionSpec.of(channels[i - 1], channels[i], 3).padding(1);
      layer.then(new OptConv2d(context, spec)).thenApply(Tensor::relu);
    }
    child("layer", layer);
  }

  @Override
  public Tensor forward(Tensor x) {
    return layer.forward(x);
  }
}
