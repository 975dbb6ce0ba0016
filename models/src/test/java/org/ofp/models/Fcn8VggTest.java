// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.util.List;

class Fcn8VggTest extends VggNetworkContract {
  Fcn8VggTest() {
    super(
        "fcn8-vgg16",
        18_663_703,
        List.of(
            "encoder.layer1.layer.0.weight",
            "encoder.layer5.layer.4.bias",
            "gn1.weight",
            "deconv1.weight",
            "gn2.bias",
            "deconv5.bias",
            "classifier.weight"));
  }
}
