// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.TransposedSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OptConvTranspose2d;
import org.ofp.optconv.torch.OpticalContext;

/**
 * The fully convolutional network FCN-8 with a VGG16 encoder: 18,663,703 parameters for 23 classes.
 *
 * <p>Each stage of the encoder is pooled, down to x5 with 512 channels at 1/32. Five transposed
 * convolutions, each with ReLU and group normalisation, climb back; the first two add the pooled
 * maps x4 (512 channels at 1/16) and x3 (256 at 1/8) before they normalise.
 *
 * <p>Reference: J. Long, E. Shelhamer, T. Darrell, "Fully convolutional networks for semantic
 * segmentation", CVPR 2015; the decoder is the article's.
 */
public final class Fcn8Vgg extends VggNetwork {
  private static final int STRIDE = 32;

  /** Of x5, then of each step's output. */
  private static final int[] CHANNELS = {512, 512, 256, 128, 64, 64};

  private final List<GroupNorm> norms = new ArrayList<>();
  private final List<OptConvTranspose2d> deconvs = new ArrayList<>();
  private final OptConv2d classifier;

  /**
   * A network with parameters yet to be initialised.
   *
   * @param classes logits per pixel, at least 1
   * @param context decides where the convolutions run
   */
  public Fcn8Vgg(int classes, OpticalContext context) {
    super("FCN8VGG", classes, STRIDE, context);
    for (int step = 1; step < CHANNELS.length; step++) {
      norms.add(child("gn" + step, GroupNorm.per32Channels(CHANNELS[step])));
    }
    for (int step = 1; step < CHANNELS.length; step++) {
      TransposedSpec spec =
          TransposedSpec.of(CHANNELS[step - 1], CHANNELS[step], 3)
              .stride(2)
              .padding(1)
              .outputPadding(1);
      deconvs.add(child("deconv" + step, new OptConvTranspose2d(context, spec)));
    }
    classifier = child("classifier", new OptConv2d(context, ConvolutionSpec.of(64, classes, 1)));
  }

  @Override
  public Tensor forward(Tensor images) {
    return Scoped.call(
        () -> {
          Tensor x3 = Scoped.call(() -> down(3, down(2, down(1, images))));
          Tensor x4 = down(4, x3);
          Tensor x5 = down(5, x4);
          Tensor y4 = up(1, x5, x4);
          Tensor y3 = up(2, y4, x3);
          return classifier.forward(up(5, up(4, up(3, y3))));
        });
  }

  private Tensor down(int stage, Tensor x) {
    return Scoped.call(() -> MaxPool.half(encoder.stage(stage, x)));
  }

  private Tensor up(int step, Tensor x) {
    return Scoped.call(() -> norms.get(step - 1).forward(rectified(step, x)));
  }

  private Tensor up(int step, Tensor x, Tensor skip) {
    return Scoped.call(() -> norms.get(step - 1).forward(rectified(step, x).add(skip)));
  }

  private Tensor rectified(int step, Tensor x) {
    return Scoped.call(() -> deconvs.get(step - 1).forward(x).relu());
  }
}
