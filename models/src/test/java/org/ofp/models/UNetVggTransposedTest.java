// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class UNetVggTransposedTest extends VggNetworkContract {
  UNetVggTransposedTest() {
    super(
        "unet-vgg16-transposed",
        41_070_423,
        List.of(
            "encoder.layer1.layer.0.weight",
            "encoder5.maxpool_conv.1.double_conv.0.weight",
            "up1.up.bias",
            "up1.conv.double_conv.1.bias",
            "up4.up.weight",
            "up4.conv.double_conv.3.weight",
            "classifier.bias"));
  }

  @Test
  void theEncodersOwnFifthStageIsNotReached() {
    float[] expected = FloatTensors.values(model.infer(Reference.image(32)));
    FloatBuffer weights = model.parameters().get("encoder.layer5.layer.0.weight").createBuffer();
    float original = weights.get(0);
    weights.put(0, 1000);
    float[] logits = FloatTensors.values(model.infer(Reference.image(32)));
    weights.put(0, original);
    assertArrayEquals(expected, logits);
  }
}
