// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.torch.OpticalContext;

/** A step down in a U-Net's encoder: max-pooling, {@link DoubleConv}. */
final class Down extends Block implements Layer {
  private final Sequence maxpoolConv;

  /** A step from {@code in} to {@code out} channels with parameters yet to be initialised. */
  Down(OpticalContext context, int in, int out) {
    super("Down");
    DoubleConv conv = new DoubleConv(context, in, out, out, GroupNorm::per32Channels);
    maxpoolConv = child("maxpool_conv", new Sequence().thenApply(MaxPool::half).then(conv));
  }

  @Override
  public Tensor forward(Tensor x) {
    return maxpoolConv.forward(x);
  }
}
