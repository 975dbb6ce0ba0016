// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import org.ofp.kernels.Kernels;
import org.ofp.kernels.PointwiseProduct;

/**
 * 1×1 convolutions: a matrix product per pixel on the best engine there is: a GPU's if one offers
 * itself and the layer is worth the copy, else the processor's. Safe for use by several threads.
 */
public final class PointwiseConvolver {
  private final PointwiseProduct product = Kernels.pointwiseProduct();

  /**
   * Who computes a layer and why, in a phrase such as {@code "by cublas"}; empty where there is
   * nothing to choose from.
   *
   * @param spec a layer with a single tap
   * @param rows rows of its input map
   * @param cols columns of its input map
   */
  public static String choice(LayerSpec spec, int rows, int cols) {
    // A transposed layer's products are those of its input's pixels.
    boolean transposed = spec instanceof TransposedSpec;
    return Kernels.pointwiseChoice(
        spec.outChannels() / spec.groups(),
        spec.inChannels() / spec.groups(),
        Math.multiplyExact(
            transposed ? rows : spec.outputRows(rows), transposed ? cols : spec.outputCols(cols)));
  }

  /**
   * Convolves a batch with stride 1 and no padding.
   *
   * @param spec a layer with a single tap
   * @param pixels rows·cols of a map
   * @param x {@code [images, inChannels, pixels]}
   * @param weights {@code [outChannels, inChannels/groups]}
   * @param bias a value per output channel, or null
   * @param y receives {@code [images, outChannels, pixels]}
   */
  public void convolve(
      ConvolutionSpec spec,
      int images,
      int pixels,
      FloatBuffer x,
      FloatBuffer weights,
      FloatBuffer bias,
      FloatBuffer y) {
    if (spec.groups() == 1) {
      product.apply(images, spec.outChannels(), spec.inChannels(), pixels, weights, bias, x, y);
      return;
    }
    int in = spec.inChannels() / spec.groups();
    int out = spec.outChannels() / spec.groups();
    for (int image = 0; image < images; image++) {
      for (int g = 0; g < spec.groups(); g++) {
        product.apply(
            1,
            out,
            in,
            pixels,
            weights.slice(g * out * in, out * in),
            bias == null ? null : bias.slice(g * out, out),
            x.slice((image * spec.groups() + g) * in * pixels, in * pixels),
            y.slice((image * spec.groups() + g) * out * pixels, out * pixels));
      }
    }
  }
}
