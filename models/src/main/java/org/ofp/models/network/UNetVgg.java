// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;

/**
 * The U-Net with a VGG16 encoder, in two variants that differ in how the decoder doubles its maps.
 *
 * <p>Maps for an image of h×w: x0 64 channels at full size, x1 128 at 1/2, x2 256 at 1/4, x3 512 at
 * 1/8, x4 at 1/16, pooled between the stages. The decoder climbs from x4 and joins x3, x2, x1 and
 * x0 on the way.
 *
 * <ul>
 *   <li><b>Bilinear</b>: 22,572,631 parameters for 23 classes. x4 is the encoder's fifth stage, 512
 *       channels. The article's class registers that stage twice, as {@code encoder.layer5} and as
 *       {@code encoder5}, so its 29,652,055 count the stage's 7,079,424 parameters twice.
 *   <li><b>Transposed</b>: 41,070,423 parameters for 23 classes. x4 is a {@link DoubleConv} with
 *       1024 channels, and transposed convolutions double the maps. As in the article's class, the
 *       encoder has its fifth stage too: among the parameters, and never reached.
 * </ul>
 *
 * <p>Reference: O. Ronneberger, P. Fischer, T. Brox, "U-Net: convolutional networks for biomedical
 * image segmentation", MICCAI 2015; encoder and details are the article's.
 */
public final class UNetVgg extends VggNetwork {
  private static final int STRIDE = 16;
  private static final String FIFTH_STAGE = "encoder5";
  private static final String ENCODERS_FIFTH_STAGE = ENCODER + ".layer5.";

  private final boolean bilinear;
  private final Layer fifthStage; // x3 to x4
  private final Up up1;
  private final Up up2;
  private final Up up3;
  private final Up up4;
  private final OptConv2d classifier;

  /**
   * The bilinear variant with parameters yet to be initialised.
   *
   * @param classes logits per pixel, at least 1
   * @param context decides where the convolutions run
   */
  public static UNetVgg bilinear(int classes, OpticalContext context) {
    return new UNetVgg(classes, context, true);
  }

  /** The variant with transposed convolutions; see {@link #bilinear}. */
  public static UNetVgg transposed(int classes, OpticalContext context) {
    return new UNetVgg(classes, context, false);
  }

  private UNetVgg(int classes, OpticalContext context, boolean bilinear) {
    super("UNetVGG", classes, STRIDE, context);
    this.bilinear = bilinear;
    fifthStage = bilinear ? x3 -> down(5, x3) : child(FIFTH_STAGE, new Down(context, 512, 1024));
    up1 = child("up1", up(context, 1024, bilinear ? 256 : 512));
    up2 = child("up2", up(context, 512, bilinear ? 128 : 256));
    up3 = child("up3", up(context, 256, bilinear ? 64 : 128));
    up4 = child("up4", up(context, 128, 64));
    classifier = child("classifier", new OptConv2d(context, ConvolutionSpec.of(64, classes, 1)));
  }

  private Up up(OpticalContext context, int in, int out) {
    int mid = bilinear ? in / 2 : out;
    DoubleConv conv = new DoubleConv(context, in, mid, out, GroupNorm::per32Channels);
    return bilinear ? Up.bilinear(conv) : Up.transposed(context, in, conv);
  }

  @Override
  public Map<String, String> secondNames() {
    Map<String, String> names = new LinkedHashMap<>();
    if (bilinear) {
      for (String name : Parameters.of(this).keySet()) {
        if (name.startsWith(ENCODERS_FIFTH_STAGE)) {
          names.put(FIFTH_STAGE + "." + name.substring(ENCODERS_FIFTH_STAGE.length()), name);
        }
      }
    }
    return names;
  }

  @Override
  protected boolean isReached(String layer) {
    return bilinear || !layer.startsWith(ENCODERS_FIFTH_STAGE);
  }

  @Override
  public Tensor forward(Tensor images) {
    return Scoped.call(
        () -> {
          Tensor x0 = encoder.stage(1, images);
          Tensor x1 = down(2, x0);
          Tensor x2 = down(3, x1);
          Tensor x3 = down(4, x2);
          Tensor x4 = fifthStage.forward(x3);
          Tensor y3 = up1.forward(x4, x3);
          Tensor y2 = up2.forward(y3, x2);
          Tensor y1 = up3.forward(y2, x1);
          Tensor y0 = up4.forward(y1, x0);
          return classifier.forward(y0);
        });
  }

  private Tensor down(int stage, Tensor x) {
    return Scoped.call(() -> encoder.stage(stage, MaxPool.half(x)));
  }
}
