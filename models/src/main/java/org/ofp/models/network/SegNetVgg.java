// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.torch.OpticalContext;

/**
 * SegNet with a VGG16 encoder: 29,447,877 parameters for 23 classes.
 *
 * <p>Each stage of the encoder is pooled. The decoder mirrors it, and each of its stages puts the
 * values back to the places from which the pooling of the encoder's stage of the same number took
 * them. (The article's listing hands on the indices of another stage by mistake.) The last stage
 * ends with normalisation and ReLU as all others do, so logits are at least 0.
 *
 * <p>Reference: V. Badrinarayanan, A. Kendall, R. Cipolla, "SegNet: a deep convolutional
 * encoder-decoder architecture for image segmentation", IEEE TPAMI 39 (2017).
 */
public final class SegNetVgg extends VggNetwork {
  private static final int STRIDE = 32;

  /** From stage 5 to stage 1. */
  private final List<SegNetStage> decoder = new ArrayList<>();

  /**
   * A network with parameters yet to be initialised.
   *
   * @param classes logits per pixel, at least 1
   * @param context decides where the convolutions run
   */
  public SegNetVgg(int classes, OpticalContext context) {
    super("SegNetVGG", classes, STRIDE, context);
    add(new SegNetStage(context, 512, 512, 512, 512));
    add(new SegNetStage(context, 512, 512, 512, 256));
    add(new SegNetStage(context, 256, 256, 256, 128));
    add(new SegNetStage(context, 128, 128, 64));
    add(new SegNetStage(context, 64, 64, classes));
  }

  private void add(SegNetStage stage) {
    int number = VggEncoder.STAGES - decoder.size();
    decoder.add(child("decoder_stage" + number, stage));
  }

  @Override
  public Tensor forward(Tensor images) {
    return Scoped.call(
        () -> {
          List<Tensor> indices = new ArrayList<>();
          Tensor x = images;
          for (int stage = 1; stage <= VggEncoder.STAGES; stage++) {
            Tensor map = encoder.stage(stage, x);
            MaxPool.Pooled pooled = MaxPool.halfWithIndices(map);
            map.close(); // the full-size map is the largest there is
            indices.add(pooled.indices());
            x = pooled.map();
          }
          for (SegNetStage stage : decoder) {
            Tensor input = x;
            Tensor places = indices.remove(indices.size() - 1);
            x = stage.forward(input, places);
            input.close();
            places.close();
          }
          return x;
        });
  }
}
