// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.pretrained;

import java.util.ArrayList;
import java.util.List;

/** Names of VGG16's layers. */
final class VggNames {
  private static final int[] CONVOLUTIONS_PER_STAGE = {2, 2, 3, 3, 3};

  private VggNames() {}

  /**
   * Both number convolutions and ReLUs in turn; torchvision goes on counting, over poolings too.
   */
  static EncoderNames torchvision() {
    List<String> models = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    int number = 0;
    for (int stage = 1; stage <= CONVOLUTIONS_PER_STAGE.length; stage++) {
      for (int i = 0; i < CONVOLUTIONS_PER_STAGE[stage - 1]; i++) {
        models.add("encoder.layer" + stage + ".layer." + 2 * i);
        theirs.add("features." + number);
        number += 2;
      }
      number++;
    }
    return new EncoderNames("VGG16", "torchvision", models, theirs, List.of("classifier."));
  }
}
