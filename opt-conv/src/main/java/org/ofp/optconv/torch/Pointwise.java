// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.PointwiseConvolver;

/** The pointwise engine on tensors. */
final class Pointwise {
  private Pointwise() {}

  /**
   * Multiplies every pixel's channels.
   *
   * @param spec a layer with a single tap, whose stride and padding are ignored
   * @param x {@code [n, in, h, w]}
   * @param weight {@code out·in/groups} values in the order of a convolution's
   * @return {@code [n, out, h, w]}
   */
  static Tensor convolve(
      PointwiseConvolver engine, ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias) {
    Tensor y = torch.empty(x.size(0), spec.outChannels(), x.size(2), x.size(3));
    if (y.numel() > 0) {
      engine.convolve(
          spec,
          Math.toIntExact(x.size(0)),
          Math.toIntExact(x.size(2) * x.size(3)),
          HostFloats.of(x.contiguous()),
          HostFloats.of(weight.contiguous()),
          HostFloats.of(bias),
          HostFloats.of(y));
    }
    return y;
  }
}
