// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.ofp.optconv.torch.OpticalContext;

/** A network on the VGG16 encoder. */
abstract class VggNetwork extends Network {
  static final String ENCODER = "encoder";

  /** The first part, registered by this class. */
  final VggEncoder encoder;

  VggNetwork(String typeName, int classes, int stride, OpticalContext context) {
    super(typeName, classes, stride);
    encoder = child(ENCODER, new VggEncoder(context));
  }

  /** The encoder has no normalisation that would make up for the scale of its weights. */
  @Override
  protected final boolean isInitialisedForRelu(String layer) {
    return layer.startsWith(ENCODER + ".");
  }
}
