// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A step up in a U-Net's decoder: bilinear ×2 (corners aligned), concatenation with the encoder's
 * map of that size, {@link DoubleConv}.
 */
public final class BilinearUp extends Block {
  private final DoubleConv conv;

  /**
   * A step that ends with {@code conv}.
   *
   * @param conv takes the channels of the skip connection and of the map from below together
   */
  public BilinearUp(DoubleConv conv) {
    super("Up");
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
              Scoped.call(
                  () -> {
                    long[] size = {2 * below.size(2), 2 * below.size(3)};
                    Tensor up = torch.upsample_bilinear2d(below, size, true);
                    return torch.cat(new TensorVector(skip, up), 1);
                  });
          return conv.forward(joined);
        });
  }
}
