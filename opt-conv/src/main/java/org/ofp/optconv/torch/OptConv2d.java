// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;

/** Drop-in for PyTorch's {@code Conv2d}. (Skeleton: only the electronic route so far.) */
public final class OptConv2d extends Module {
  private final ConvolutionSpec spec;
  private final Tensor weight;
  private final Tensor bias;

  public OptConv2d(OpticalContext context, ConvolutionSpec spec) {
    super("OptConv2d");
    this.spec = spec;
    context.nextLayer();
    weight =
        register_parameter(
            "weight",
            torch.zeros(
                spec.outChannels(),
                spec.inChannels() / spec.groups(),
                spec.kernelRows(),
                spec.kernelCols()));
    bias = spec.bias() ? register_parameter("bias", torch.zeros(spec.outChannels())) : null;
  }

  /** {@code [n, in, h, w]} to {@code [n, out, h', w']}. */
  public Tensor forward(Tensor x) {
    return torch.conv2d(
        x,
        weight,
        bias == null ? new TensorOptional() : new TensorOptional(bias),
        new long[] {spec.strideRows(), spec.strideCols()},
        new long[] {spec.paddingRows(), spec.paddingCols()},
        new long[] {spec.dilationRows(), spec.dilationCols()},
        spec.groups());
  }
}
