// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Squeeze-and-excite: scales every channel by a factor in (0, 1) that a two-layer network derives
 * from the means of all channels.
 */
public final class SqueezeExcite extends Block implements Layer {
  private final OptConv2d reduce;
  private final OptConv2d expand;

  /** A block on {@code channels} channels with {@code squeezed} of them in between. */
  public SqueezeExcite(OpticalContext context, int channels, int squeezed) {
    super("SqueezeAndExcite");
    reduce = child("se_reduce", new OptConv2d(context, ConvolutionSpec.of(channels, squeezed, 1)));
    expand = child("se_expand", new OptConv2d(context, ConvolutionSpec.of(squeezed, channels, 1)));
  }

  @Override
  public Tensor forward(Tensor x) {
    return Scoped.call(
        () -> {
          Tensor means = x.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
          Tensor squeezed = torch.silu(reduce.forward(means));
          Tensor factors = torch.sigmoid(expand.forward(squeezed));
          return x.mul(factors);
        });
  }
}
