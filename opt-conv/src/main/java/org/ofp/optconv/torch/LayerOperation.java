// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.ofp.optconv.ConvolutionSpec.Axes;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.PointwiseConvolver;

/**
 * What a kind of layer computes, on each of the engines. The optical and pointwise methods and the
 * gradients are called without gradient recording and within a scope of their own.
 */
interface LayerOperation {
  /** The layer as it was asked for. */
  LayerSpec spec();

  /**
   * Checks the input's size.
   *
   * @throws IllegalArgumentException if the map does not suit the layer
   */
  void requireMap(int rows, int cols);

  /** The input with what the engines cannot add at its edges, recorded by libtorch; or x itself. */
  Tensor pad(Tensor x);

  /** By libtorch, recorded. */
  Tensor electronic(Tensor x, Tensor weight, Tensor bias);

  /** On the device. */
  Tensor optical(Engine engine, Tensor x, Tensor weight, Tensor bias);

  /** Signal-to-noise ratio in decibels expected of {@link #optical}. */
  double predictSnr(Engine engine, Tensor x, Tensor weight);

  /** By the pointwise engine, for 1×1 kernels. */
  Tensor pointwise(PointwiseConvolver engine, Tensor x, Tensor weight, Tensor bias);

  /**
   * Gradient of the padded input, on the device.
   *
   * @param shape of the padded input
   */
  Tensor dataGradient(Engine engine, long[] shape, Tensor weight, Tensor gradY);

  /** Gradient of the weights, on the device. */
  Tensor weightGradient(Engine engine, Tensor x, Tensor gradY);

  /** As libtorch takes them. */
  static long[] pair(Axes axes) {
    return new long[] {axes.rows(), axes.cols()};
  }

  /** As libtorch takes it; null for none. */
  static TensorOptional optional(Tensor bias) {
    return bias == null ? new TensorOptional() : new TensorOptional(bias);
  }
}
