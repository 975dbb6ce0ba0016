// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * A libtorch convolution that runs on a device: the same native module, so parameters, names and
 * training state stay as they are, but Java code that calls it finds another {@code forward}.
 */
final class ConvertedConv2d extends Conv2dImpl implements Converted {
  private final OpticalLayer layer;

  ConvertedConv2d(Conv2dImpl original, Convolution operation, OpticalContext context, String name) {
    super((Pointer) original);
    layer =
        new OpticalLayer(
            context, this, operation, this::weight, () -> operation.spec().bias() ? bias() : null);
    if (!name.isEmpty()) {
      layer.name(name);
    }
  }

  @Override
  public Module module() {
    return this;
  }

  @Override
  public OpticalLayer layer() {
    return layer;
  }

  @Override
  public Tensor forward(Tensor x) {
    return layer.forward(x);
  }
}
