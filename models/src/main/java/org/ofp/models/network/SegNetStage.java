// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;

/**
 * A stage of SegNet's decoder: undoes a pooling, then 3×3 convolution, group normalisation, ReLU,
 * two or three times.
 */
final class SegNetStage extends Block {
  private final Sequence layer = new Sequence();

  /**
   * A stage with parameters yet to be initialised.
   *
   * @param channels of the input, then of each convolution's output
   */
  SegNetStage(OpticalContext context, int... channels) {
    super("SegNetDecoderLayer");
    for (int i = 1; i < channels.length; i++) {
      ConvolutionSpec spec = ConvolutionSpec.of(channels[i - 1], channels[i], 3).padding(1);
      layer
          .then(new OptConv2d(context, spec))
          .then(GroupNorm.per32Channels(channels[i]))
          .thenApply(Tensor::relu);
    }
    child("layer", layer);
  }

  /**
   * Doubles the map and convolves.
   *
   * @param x {@code [n, c, h, w]}
   * @param indices of the encoder's pooling to that shape
   * @return {@code [n, c', 2h, 2w]}
   */
  Tensor forward(Tensor x, Tensor indices) {
    return Scoped.call(() -> layer.forward(MaxPool.unpool(x, indices)));
  }
}
