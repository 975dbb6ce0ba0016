// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.SafetensorsFile;
import org.ofp.models.io.SafetensorsWriter;
import org.ofp.models.io.WeightsException;
import org.ofp.models.network.Scoped;

/** Loads a model's weights from safetensors files and saves them. */
public final class Weights {
  private Weights() {}

  /**
   * Replaces all parameters of {@code model} by those of {@code file}, or none if anything is
   * wrong.
   *
   * <p>Strict: the file must hold every parameter, in the model's shape, and nothing else but the
   * {@link SegmentationModel#ignorableParameters}, all of them or none, and parameters under their
   * {@link SegmentationModel#secondNames}, all of them or none, with the same values as under the
   * first. To keep the promise, the new values are read next to the old ones: a load needs memory
   * for one more copy of the parameters while it runs.
   *
   * @throws WeightsException if the file is damaged, does not fit or contradicts itself
   * @throws IOException if it cannot be read
   */
  public static void load(SegmentationModel model, Path file) throws IOException {
    try (SafetensorsFile weights = SafetensorsFile.open(file)) {
      load(model, file.toString(), weights);
    }
  }

  /**
   * As above.
   *
   * @param file what messages call it
   */
  static void load(SegmentationModel model, String file, SafetensorsFile weights)
      throws IOException {
    WeightsFit.of(model, weights.tensors()).require(model, file);
    Map<String, String> keys = new LinkedHashMap<>();
    model.parameters().keySet().forEach(name -> keys.put(name, name));
    PointerScope scope = new PointerScope();
    try {
      Map<String, Tensor> staged = staged(model, weights, keys);
      for (Map.Entry<String, String> names : model.secondNames().entrySet()) {
        if (weights.tensors().containsKey(names.getKey())) {
          FloatBuffer values = staged.get(names.getValue()).createBuffer();
          requireEqual(file, weights, names.getKey(), names.getValue(), values);
        }
      }
      assign(model, staged);
    } finally {
      scope.close();
    }
  }

  /**
   * Reads new values for parameters of {@code model}, which it leaves as it is. They belong to the
   * caller's scope.
   *
   * @param keys by parameter, the tensor of the file that holds as many values
   */
  static Map<String, Tensor> staged(
      SegmentationModel model, SafetensorsFile weights, Map<String, String> keys)
      throws IOException {
    Map<String, Tensor> staged = new HashMap<>();
    for (Map.Entry<String, String> names : keys.entrySet()) {
      Tensor values = torch.empty(model.parameters().get(names.getKey()).shape());
      weights.read(names.getValue(), values.createBuffer());
      staged.put(names.getKey(), values);
    }
    return staged;
  }

  /** Gives parameters of {@code model} new values. */
  static void assign(SegmentationModel model, Map<String, Tensor> values) {
    Scoped.withoutGradients(
        () -> {
          // Copied rather than swapped in: the version count of the parameter, which tells
          // caches derived from it that it changed, then goes up.
          values.forEach((name, tensor) -> model.parameters().get(name).copy_(tensor));
          return null;
        });
  }

  private static void requireEqual(
      String file, SafetensorsFile weights, String second, String first, FloatBuffer values)
      throws IOException {
    FloatBuffer again = FloatBuffer.allocate(values.remaining());
    weights.read(second, again);
    int difference = again.flip().mismatch(values);
    if (difference >= 0) {
      throw new WeightsException(
          String.format(
              "%s: '%s' is a second name of '%s' and must hold the same values, but has %s for %s"
                  + " at index %d; make them equal, or leave all second names out",
              file, second, first, again.get(difference), values.get(difference), difference));
    }
  }

  /**
   * Saves all parameters of {@code model}, atomically.
   *
   * @param type F32, or F16, rounded to nearest
   * @throws WeightsException if a parameter is not finite, or too large for {@code type}
   * @throws IllegalArgumentException if {@code type} cannot be written
   * @throws IOException if writing fails
   */
  public static void save(SegmentationModel model, Path file, ElementType type) throws IOException {
    SafetensorsWriter writer =
        new SafetensorsWriter(type)
            .metadata("format", "pt") // which names and layouts: those of a PyTorch state_dict
            .metadata("model", model.name())
            .metadata("classes", Integer.toString(model.classes()));
    model
        .parameters()
        .forEach(
            (name, tensor) -> {
              FloatBuffer values = tensor.createBuffer();
              writer.add(name, tensor.shape(), values);
            });
    writer.write(file);
  }
}
