// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ofp.device.NearestName;
import org.ofp.models.network.Fcn8Vgg;
import org.ofp.models.network.Initialiser;
import org.ofp.models.network.Network;
import org.ofp.models.network.Scoped;
import org.ofp.models.network.SegNetVgg;
import org.ofp.models.network.UNetEfficientNet;
import org.ofp.models.network.UNetVgg;
import org.ofp.optconv.torch.OpticalContext;

/** The segmentation models by name. */
public final class Models {
  private static final Map<String, Factory> FACTORIES =
      new TreeMap<>(
          Map.of(
              "fcn8-vgg16", (classes, context, seed) -> new Fcn8Vgg(classes, context),
              "segnet-vgg16", (classes, context, seed) -> new SegNetVgg(classes, context),
              "unet-vgg16", (classes, context, seed) -> UNetVgg.bilinear(classes, context),
              "unet-vgg16-transposed",
                  (classes, context, seed) -> UNetVgg.transposed(classes, context),
              "unet-efficientnet-b0", UNetEfficientNet::new));

  private Models() {}

  /** The names that {@link #create} accepts, sorted. */
  public static List<String> names() {
    return List.copyOf(FACTORIES.keySet());
  }

  /**
   * Builds a model with random weights, the same for the same seed on every machine.
   *
   * @param classes logits per pixel, at least 1 (23 in the article)
   * @param context decides where the convolutions run
   * @param seed of the initial weights and of the randomness in training
   * @throws IllegalArgumentException if there is no such model, naming those there are, or if
   *     {@code classes} is less than 1
   */
  public static SegmentationModel create(
      String name, int classes, OpticalContext context, long seed) {
    Factory factory = FACTORIES.get(name);
    if (factory == null) {
      throw unknown(name);
    }
    if (classes < 1) {
      throw new IllegalArgumentException("classes = " + classes + " must be at least 1");
    }
    return Scoped.unscoped(
        () -> {
          Network network = factory.create(classes, context, seed);
          Initialiser.initialise(network, seed);
          context.name(network);
          return new SegmentationModel(name, network);
        });
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "unknown model '"
            + name
            + "'"
            + NearestName.suggestion(name, names())
            + "; available: "
            + String.join(", ", names()));
  }

  @FunctionalInterface
  private interface Factory {
    Network create(int classes, OpticalContext context, long seed);
  }
}
