// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.torch.OpticalContext;

/**
 * The thirteen convolutions of VGG16 in five stages: 14,714,688 parameters. The pooling between the
 * stages is left to the networks, which do it in different ways.
 *
 * <p>Reference: K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image
 * recognition", ICLR 2015, table 1, configuration D.
 */
public final class VggEncoder extends Block {
  /** Stages, and poolings in the networks that pool after each of them. */
  static final int STAGES = 5;

  private final List<VggStage> stages = new ArrayList<>();

  /** An encoder with parameters yet to be initialised. */
  public VggEncoder(OpticalContext context) {
    super("VGGEncoder");
    add(new VggStage(context, 3, 64, 64));
    add(new VggStage(context, 64, 128, 128));
    add(new VggStage(context, 128, 256, 256, 256));
    add(new VggStage(context, 256, 512, 512, 512));
    add(new VggStage(context, 512, 512, 512, 512));
  }

  private void add(VggStage stage) {
    stages.add(stage);
    child("layer" + stages.size(), stage);
  }

  /**
   * Runs one stage.
   *
   * @param number from 1 to 5
   * @param x {@code [n, c, h, w]} with c = 3, 64, 128, 256, 512 for the stages in turn
   * @return {@code [n, c', h, w]} with c' = 64, 128, 256, 512, 512
   */
  public Tensor stage(int number, Tensor x) {
    return stages.get(number - 1).forward(x);
  }
}
