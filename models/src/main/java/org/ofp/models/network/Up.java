// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.TransposedSpec;
import org.ofp.optconv.torch.OptConvTranspose2d;
import org.ofp.optconv.torch.OpticalContext;

/**
 * A step up in a U-Net's decoder: doubles the map from below, joins the encoder's map of that size
 * in front of it, {@link DoubleConv}.
 */
public final class Up extends Block {
  private final Layer doubling;
  private final DoubleConv conv;

  /** A step that doubles by bilinear interpolation, corners aligned, which has no parameters. */
  public static Up bilinear(DoubleConv conv) {
    return new Up(conv);
  }

  /**
   * A step that doubles by a transposed convolution, 2×2 with stride 2, which halves the channels.
   *
   * @param channels of the map from below, a multiple of 2
   * @param conv takes {@code channels}: half from below, half from the skip connection
   */
  public static Up transposed(OpticalContext context, int channels, DoubleConv conv) {
    TransposedSpec spec = TransposedSpec.of(channels, channels / 2, 2).stride(2);
    return new Up(new OptConvTranspose2d(context, spec), conv);
  }

  private Up(DoubleConv conv) {
    super("Up");
    doubling = Up::interpolate;
    this.conv = child("conv", conv);
  }

  private Up(OptConvTranspose2d up, DoubleConv conv) {
    super("Up");
    doubling = child("up", up)::forward;
    this.conv = child("conv", conv);
  }

  /**
   * Doubles {@code below}, joins {@code skip} in front of it and convolves.
   *
   * @param below {@code [n, c, h, w]}
   * @param skip {@code [n, c', 2h, 2w]}
   * @return {@code [n, out, 2h, 2w]}
   */
  public Tensor forward(Tensor below, Tensor skip) {
    return Scoped.call(
        () -> {
          Tensor joined =
              Scoped.call(() -> torch.cat(new TensorVector(skip, doubling.forward(below)), 1));
          return conv.forward(joined);
        });
  }

  private static Tensor interpolate(Tensor x) {
    return torch.upsample_bilinear2d(x, new long[] {2 * x.size(2), 2 * x.size(3)}, true);
  }
}
