// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.optconv.torch.OpticalContext;

class LayerCountTest {
  /** Counts by hand from the networks' definitions; the layers that run tell how many there are. */
  @ParameterizedTest
  @CsvSource({
    "fcn8-vgg16, 19", // 13 + 5 transposed + 1
    "segnet-vgg16, 26", // 13 + 13
    "unet-vgg16, 22", // 13 + 4·2 + 1
    "unet-vgg16-transposed, 25", // 10 + 2 + 4·(1 + 2) + 1; three in the encoder never run
    "unet-efficientnet-b0, 66", // 1 + 4 + 10·5 + 2 + 4·2 + 1
  })
  void theLayersThatRunAreCounted(String name, int count) {
    try (OpticalContext context = OpticalContext.electronic()) {
      SegmentationModel model = Models.create(name, 2, context, 1);
      assertEquals(count, model.layerCount());
      assertEquals(count, ModelLayers.of(model, context, 32, 32, run -> {}).size());
    }
  }
}
