// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.SafetensorsFile;
import org.ofp.models.io.Sha256;
import org.ofp.models.io.WeightsException;

/**
 * Trained weights that are part of the SDK, in half precision: {@code unet-efficientnet-b0} has
 * some. Immutable and thread-safe; the bytes are read anew each time they are needed.
 *
 * <p>They were trained on pictures that {@link org.ofp.models.scene.SceneGenerator} draws, as
 * docs/TRAINING.md records, for the classes of {@link ClassPalette#DRONE}. They show that and how
 * the networks work; for photographs train on photographs.
 */
public final class ShippedWeights {
  private static final String FOLDER = "weights/";
  private static final String EXTENSION = ".safetensors";

  private final String model;

  private ShippedWeights(String model) {
    this.model = model;
  }

  /**
   * Those of a model.
   *
   * @param model a name that {@link Models#names} has
   * @return empty if none are shipped for it, or there is no such model
   */
  public static Optional<ShippedWeights> of(String model) {
    boolean shipped =
        Models.names().contains(model)
            && ShippedWeights.class.getResource(FOLDER + model + EXTENSION) != null;
    return shipped ? Optional.of(new ShippedWeights(model)) : Optional.empty();
  }

  /** The model that they are for. */
  public String model() {
    return model;
  }

  /** The classes that a network with these weights tells apart, in the order of its logits. */
  public ClassPalette classes() {
    return ClassPalette.DRONE;
  }

  /** What they were trained on, in a few words for people. */
  public String trainedOn() {
    return "drawn aerial scenes";
  }

  /** The SHA-256 of the file, in lower-case hexadecimal digits. */
  public String sha256() {
    return Sha256.of(bytes());
  }

  /**
   * Replaces all parameters of a model by these, or none if they do not fit.
   *
   * @throws WeightsException if {@code to} is another model, or has another number of classes
   */
  public void load(SegmentationModel to) {
    String name = "org/ofp/models/" + FOLDER + model + EXTENSION;
    try (SafetensorsFile file = SafetensorsFile.of(name, ByteBuffer.wrap(bytes()))) {
      Weights.load(to, name, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes() {
    try (InputStream resource =
        ShippedWeights.class.getResourceAsStream(FOLDER + model + EXTENSION)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
