// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Group normalisation with one scale ("weight") and offset ("bias") per channel and ε = 1e-5, as in
 * PyTorch.
 */
public final class GroupNorm extends Block implements Layer {
  private static final double EPSILON = 1e-5;

  private final int groups;
  private final Tensor weight;
  private final Tensor bias;

  private GroupNorm(int groups, int channels) {
    super("GroupNorm");
    this.groups = groups;
    // register_parameter returns a reference into a native vector, which the next registration may
    // move; our own handles on the same tensors stay valid.
    weight = torch.ones(channels);
    bias = torch.zeros(channels);
    register_parameter("weight", weight);
    register_parameter("bias", bias);
  }

  /**
   * One group per 32 channels, or a single group where {@code channels} is not a multiple of 32.
   */
  public static GroupNorm per32Channels(int channels) {
    return new GroupNorm(channels % 32 == 0 ? channels / 32 : 1, channels);
  }

  /** One group per channel: every channel is normalised over its own pixels. */
  public static GroupNorm perChannel(int channels) {
    return new GroupNorm(channels, channels);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Scoped.call(
        () ->
            torch.group_norm(
                x, groups, new TensorOptional(weight), new TensorOptional(bias), EPSILON, false));
  }
}
