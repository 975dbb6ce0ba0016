// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.torch.OpticalContext;

/**
 * The U-Net with an EfficientNet-b0 encoder: 1,992,175 parameters for 23 classes.
 *
 * <p>Maps for an image of h×w: x0 64 channels at full size (a {@link DoubleConv} beside the
 * encoder), x1 32 at 1/2 (stem), x2 24 at 1/4, x3 40 at 1/8, x4 112 at 1/16. The decoder climbs
 * from x4 and joins x3, x2, x1 and x0 on the way.
 */
public final class UNetEfficientNet extends Network {
  private static final int STRIDE = 16;
  private static final String ENCODER = "optical_encoder";

  private final EfficientNetEncoder encoder;
  private final DoubleConv inc;
  private final Up up1;
  private final Up up2;
  private final Up up3;
  private final Up up4;
  private final PointwiseHead outc;

  /**
   * A network with parameters yet to be initialised.
   *
   * @param classes logits per pixel, at least 1
   * @param context decides where the convolutions run
   * @param seed of the stochastic depth in training
   */
  public UNetEfficientNet(int classes, OpticalContext context, long seed) {
    super("UNetEfficientNet", classes, STRIDE);
    encoder = child(ENCODER, new EfficientNetEncoder(context, seed));
    inc = child("inc", new DoubleConv(context, 3, 64, 64, GroupNorm::perChannel));
    up1 = child("up1", up(context, 112 + 40, 128));
    up2 = child("up2", up(context, 128 + 24, 128));
    up3 = child("up3", up(context, 128 + 32, 64));
    up4 = child("up4", up(context, 64 + 64, 64));
    outc = child("outc", new PointwiseHead(context, 64, classes));
  }

  private static Up up(OpticalContext context, int in, int out) {
    return Up.bilinear(new DoubleConv(context, in, (in + out) / 2, out, GroupNorm::perChannel));
  }

  @Override
  public Map<String, long[]> unreachedParameters() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    EfficientNetEncoder.unreachedParameters()
        .forEach((name, shape) -> shapes.put(ENCODER + "." + name, shape));
    return shapes;
  }

  @Override
  public Tensor forward(Tensor images) {
    return Scoped.call(
        () -> {
          Tensor x1 = encoder.stem(images);
          Tensor x2 = encoder.blocks(x1, 0, 3);
          Tensor x3 = encoder.blocks(x2, 3, 5);
          Tensor x4 = encoder.blocks(x3, 5, EfficientNetEncoder.REACHED_BLOCKS);
          Tensor y3 = up1.forward(x4, x3);
          Tensor y2 = up2.forward(y3, x2);
          Tensor y1 = up3.forward(y2, x1);
          // Nothing before here needs x0, the largest map but for those of up4: made last, it is
          // not in memory beside the others.
          Tensor x0 = inc.forward(images);
          Tensor y0 = up4.forward(y1, x0);
          return outc.forward(y0);
        });
  }
}
