// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;

/** The last layer of a U-Net: a 1×1 convolution from features to one logit per class. */
public final class PointwiseHead extends Block implements Layer {
  private final OptConv2d conv;

  /** A head from {@code in} channels to {@code classes} logits. */
  public PointwiseHead(OpticalContext context, int in, int classes) {
    super("OutConv");
    conv = child("conv", new OptConv2d(context, ConvolutionSpec.of(in, classes, 1)));
  }

  @Override
  public Tensor forward(Tensor x) {
    return Scoped.call(() -> conv.forward(x));
  }
}
