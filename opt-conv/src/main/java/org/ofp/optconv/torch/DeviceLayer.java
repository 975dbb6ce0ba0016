// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.GradientMode;

/** A module with the parameters of a convolution, and what users may do with any of them. */
abstract class DeviceLayer extends Module {
  static {
    Torch.initialize();
  }

  private final Tensor weight;
  private final Tensor bias;
  private final OpticalLayer layer;

  /**
   * A layer with PyTorch's default initialisation: weights and bias uniform within ±1/√(fan-in), by
   * libtorch's global generator.
   *
   * @param type its class in libtorch's messages
   * @param weightShape fan-in is the product of all but the first
   */
  DeviceLayer(String type, OpticalContext context, LayerOperation operation, long... weightShape) {
    super(type);
    double fanIn = 1;
    for (int i = 1; i < weightShape.length; i++) {
      fanIn *= weightShape[i];
    }
    double bound = 1 / Math.sqrt(fanIn);
    weight = parameter("weight", bound, weightShape);
    bias =
        operation.spec().bias() ? parameter("bias", bound, operation.spec().outChannels()) : null;
    layer = new OpticalLayer(context, this, operation, this::kernels, () -> bias);
  }

  private Tensor parameter(String name, double bound, long... shape) {
    Tensor parameter =
        Scoped.kept( // the layer may be made within a scope that it outlives
            () -> {
              try (NoGradGuard guard = new NoGradGuard()) {
                Tensor values = torch.empty(shape);
                values.uniform_(-bound, bound, new GeneratorOptional());
                return values;
              }
            });
    // What register_parameter returns refers into a list that the next registration moves.
    register_parameter(name, parameter);
    return parameter;
  }

  /** The weights in four dimensions. */
  Tensor kernels() {
    return weight;
  }

  OpticalLayer layer() {
    return layer;
  }

  /** The weights, a parameter of the class's shape. */
  public final Tensor weight() {
    return weight;
  }

  /** The bias, {@code [out]}, or null. */
  public final Tensor bias() {
    return bias;
  }

  /** The name by which policies and records know the layer, see {@link OpticalContext#name}. */
  public final String layerName() {
    return layer.name();
  }

  /** Sets where this layer's gradients come from; null for what the context says. */
  public final void gradients(GradientMode mode) {
    layer.gradients(mode);
  }

  /**
   * Limits the magnitude of the weights, in place, without recording a gradient.
   *
   * @param limit above 0
   * @return weights that were beyond
   */
  public final long clipWeights(double limit) {
    return layer.clipWeights(limit);
  }
}
