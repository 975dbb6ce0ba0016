// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/**
 * What the ids of a layer's frames are made of, beside the tile and the pair of planes: they key a
 * simulated device's noise.
 *
 * @param layer number of the layer, at least 0
 * @param firstImage number of the batch's first image, at least 0
 * @param repeat tells apart runs on the same images: the layer itself, its gradients
 */
public record FrameKey(int layer, long firstImage, int repeat) {
  /** The layer itself. */
  public static FrameKey forward(int layer, long firstImage) {
    return new FrameKey(layer, firstImage, 0);
  }

  /** The gradient with respect to the layer's input. */
  public FrameKey dataGradient() {
    return new FrameKey(layer, firstImage, repeat + 1);
  }

  /** The gradient with respect to the layer's weights. */
  public FrameKey weightGradient() {
    return new FrameKey(layer, firstImage, repeat + 2);
  }
}
