// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/** A libtorch transposed convolution that runs on a device, see {@link ConvertedConv2d}. */
final class ConvertedConvTranspose2d extends ConvTranspose2dImpl implements Converted {
  private final OpticalLayer layer;
  private final TransposedConvolution operation;

  ConvertedConvTranspose2d(
      ConvTranspose2dImpl original,
      TransposedConvolution operation,
      OpticalContext context,
      String name) {
    super((Pointer) original);
    this.operation = operation;
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

  @Override
  public Tensor forward(Tensor x, long... outputSize) {
    int rows = Math.toIntExact(outputSize[outputSize.length - 2]);
    int cols = Math.toIntExact(outputSize[outputSize.length - 1]);
    return layer.forward(TransposedConvolution.toSize(operation.spec(), x, rows, cols), x);
  }

  @Override
  public Tensor forward(Tensor x, LongArrayRefOptional outputSize) {
    if (!outputSize.has_value()) {
      return forward(x);
    }
    return forward(x, outputSize.get().vec().get());
  }
}
