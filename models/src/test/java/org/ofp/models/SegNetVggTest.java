// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SegNetVggTest extends VggNetworkContract {
  SegNetVggTest() {
    super(
        "segnet-vgg16",
        29_447_877,
        List.of(
            "encoder.layer1.layer.0.weight",
            "encoder.layer5.layer.4.weight",
            "decoder_stage5.layer.0.weight",
            "decoder_stage4.layer.7.bias",
            "decoder_stage1.layer.4.weight"));
  }

  /** The last stage ends with a ReLU too. */
  @Test
  void logitsAreNotNegative() {
    boolean positive = false;
    for (float logit : FloatTensors.values(model.infer(Reference.image(32)))) {
      assertTrue(logit >= 0);
      positive |= logit > 0;
    }
    assertTrue(positive);
  }

  /** Its indices travel in native pairs, which no other network has. */
  @Test
  void repeatedForwardPassesDoNotGrow() {
    Tensor image = Reference.image(128);
    run(image, 5); // libtorch's and the JVM's own pools fill first
    long before = Pointer.physicalBytes();
    run(image, 20);
    long growth = (Pointer.physicalBytes() - before) >> 20;
    // the largest map and its indices take 4 + 2 MB: kept in each pass, they would be 120 MB
    assertTrue(growth < 48, () -> "grew by " + growth + " MB");
  }

  private void run(Tensor image, int passes) {
    for (int i = 0; i < passes; i++) {
      model.infer(image).close();
    }
  }
}
