// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.ofp.optconv.NetworkLayer;
import org.ofp.optconv.torch.LayerRun;
import org.ofp.optconv.torch.NetworkTrace;
import org.ofp.optconv.torch.OpticalContext;

/** The layers of a model and the maps that they get. */
public final class ModelLayers {
  private ModelLayers() {}

  /**
   * Runs a model on an image of zeros and records its convolution layers.
   *
   * @param model made with {@code context}
   * @param context whose listener is replaced; an {@linkplain OpticalContext#electronic electronic}
   *     one is the fastest
   * @param rows rows of the image, at least 1
   * @param cols columns of the image, at least 1
   * @param listener told of every layer, for progress
   * @return the layers in the order in which they ran; maps are those of the padded image where its
   *     sides are no multiples of the model's stride
   */
  public static List<NetworkLayer> of(
      SegmentationModel model,
      OpticalContext context,
      int rows,
      int cols,
      Consumer<LayerRun> listener) {
    NetworkTrace trace = new NetworkTrace();
    context.onLayer(trace.andThen(listener));
    try (PointerScope scope = new PointerScope()) {
      model.infer(torch.zeros(1, 3, rows, cols));
    } finally {
      context.onLayer(run -> {});
    }
    return trace.layers();
  }
}
