// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.pretrained;

import java.util.ArrayList;
import java.util.List;

/**
 * Names of the layers of EfficientNet-b0's stem and blocks 0 to 10.
 *
 * <p>All schemes have the same layers in the same order: per block expansion, its normalisation,
 * depthwise convolution, its normalisation, the two of squeeze-and-excite, projection, its
 * normalisation; the very first block has no expansion.
 *
 * @param stem the first convolution
 * @param stemNorm its normalisation
 * @param block how the names of a block's layers begin
 * @param first the layers of block 0
 * @param others the layers of every other block
 */
record EfficientNetNames(
    String stem, String stemNorm, BlockName block, List<String> first, List<String> others) {
  /** The stages that the encoder has; two more, blocks 11 to 15, lie beyond it. */
  private static final int[] BLOCKS_PER_STAGE = {1, 2, 2, 3, 3};

  private static final EfficientNetNames MODELS =
      new EfficientNetNames(
          "optical_encoder.stem_conv.0",
          "optical_encoder.stem_conv.1",
          (stage, within, index) -> "optical_encoder.blocks." + index + ".conv.",
          List.of("0.0", "0.1", "1.se_reduce", "1.se_expand", "2.0", "2.1"),
          List.of("0.0", "0.1", "1.0", "1.1", "2.se_reduce", "2.se_expand", "3.0", "3.1"));

  /** Names a block by its stage, its place within the stage and its place among all. */
  @FunctionalInterface
  interface BlockName {
    String of(int stage, int within, int index);
  }

  /** The package efficientnet_pytorch. */
  static EncoderNames efficientnetPytorch() {
    List<String> common =
        List.of("_depthwise_conv", "_bn1", "_se_reduce", "_se_expand", "_project_conv", "_bn2");
    List<String> others = new ArrayList<>(List.of("_expand_conv", "_bn0"));
    others.addAll(common);
    return new EfficientNetNames(
            "_conv_stem",
            "_bn0",
            (stage, within, index) -> "_blocks." + index + ".",
            common,
            others)
        .from(
            "efficientnet_pytorch",
            "_blocks.11.",
            "_blocks.12.",
            "_blocks.13.",
            "_blocks.14.",
            "_blocks.15.",
            "_conv_head.",
            "_bn1.",
            "_fc.");
  }

  /** The package timm. */
  static EncoderNames timm() {
    return new EfficientNetNames(
            "conv_stem",
            "bn1",
            (stage, within, index) -> "blocks." + stage + "." + within + ".",
            List.of("conv_dw", "bn1", "se.conv_reduce", "se.conv_expand", "conv_pw", "bn2"),
            List.of(
                "conv_pw",
                "bn1",
                "conv_dw",
                "bn2",
                "se.conv_reduce",
                "se.conv_expand",
                "conv_pwl",
                "bn3"))
        .from("timm", "blocks.5.", "blocks.6.", "conv_head.", "bn2.", "classifier.");
  }

  /** The package torchvision, which counts the stem as stage 0. */
  static EncoderNames torchvision() {
    return new EfficientNetNames(
            "features.0.0",
            "features.0.1",
            (stage, within, index) -> "features." + (stage + 1) + "." + within + ".block.",
            List.of("0.0", "0.1", "1.fc1", "1.fc2", "2.0", "2.1"),
            List.of("0.0", "0.1", "1.0", "1.1", "2.fc1", "2.fc2", "3.0", "3.1"))
        .from("torchvision", "features.6.", "features.7.", "features.8.", "classifier.");
  }

  private EncoderNames from(String publisher, String... beyond) {
    return new EncoderNames(
        "EfficientNet-b0", publisher, MODELS.layers(), layers(), List.of(beyond));
  }

  private List<String> layers() {
    List<String> names = new ArrayList<>(List.of(stem, stemNorm));
    int index = 0;
    for (int stage = 0; stage < BLOCKS_PER_STAGE.length; stage++) {
      for (int within = 0; within < BLOCKS_PER_STAGE[stage]; within++) {
        String begin = block.of(stage, within, index);
        (index == 0 ? first : others).forEach(layer -> names.add(begin + layer));
        index++;
      }
    }
    return names;
  }
}
