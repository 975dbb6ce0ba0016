// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.TransposedSpec;

/**
 * A transposed convolution: a drop-in for PyTorch's {@code ConvTranspose2d} with the same
 * parameters, {@code weight} {@code [in, out/groups, rows, cols]} and {@code bias} {@code [out]}.
 */
public final class OptConvTranspose2d extends Module {
  static {
    Torch.initialize();
  }

  private final TransposedSpec spec;
  private final Tensor weight;
  private final Tensor bias;

  /**
   * A layer with PyTorch's default initialisation: weights and bias uniform within ±1/√(fan-in), by
   * libtorch's global generator.
   *
   * @param context where it runs
   * @param spec what it computes
   */
  public OptConvTranspose2d(OpticalContext context, TransposedSpec spec) {
    super("OptConvTranspose2d");
    this.spec = spec;
    int outPerGroup = spec.outChannels() / spec.groups();
    int taps = spec.kernel().rows() * spec.kernel().cols();
    double bound = 1 / Math.sqrt((double) outPerGroup * taps);
    weight =
        uniform(bound, spec.inChannels(), outPerGroup, spec.kernel().rows(), spec.kernel().cols());
    register_parameter("weight", weight);
    bias = spec.bias() ? uniform(bound, spec.outChannels()) : null;
    if (bias != null) {
      register_parameter("bias", bias);
      bias.retainReference();
    }
    weight.retainReference();
  }

  private static Tensor uniform(double bound, long... shape) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return torch.empty(shape).uniform_(-bound, bound, new GeneratorOptional());
    }
  }

  /** What the layer computes. */
  public TransposedSpec spec() {
    return spec;
  }

  /** The weights, {@code [in, out/groups, rows, cols]}. */
  public Tensor weight() {
    return weight;
  }

  /** The bias, {@code [out]}, or null. */
  public Tensor bias() {
    return bias;
  }

  /**
   * Convolves a batch.
   *
   * @param x {@code [n, in, h, w]}
   * @return {@code [n, out, h', w']}
   */
  public Tensor forward(Tensor x) {
    return torch.conv_transpose2d(
        x,
        weight,
        bias == null ? new TensorOptional() : new TensorOptional(bias),
        new long[] {spec.stride().rows(), spec.stride().cols()},
        new long[] {spec.padding().rows(), spec.padding().cols()},
        new long[] {spec.outputPadding().rows(), spec.outputPadding().cols()},
        spec.groups(),
        new long[] {spec.dilation().rows(), spec.dilation().cols()});
  }
}
