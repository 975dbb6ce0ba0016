// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
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
   * {@link SegmentationModel#ignorableParameters}, all of them or none. To keep the promise, the
   * new values are read next to the old ones: a load needs memory for one more copy of the
   * parameters while it runs.
   *
   * @throws WeightsException if the file is damaged or does not fit
   * @throws IOException if it cannot be read
   */
  public static void load(SegmentationModel model, Path file) throws IOException {
    try (SafetensorsFile weights = SafetensorsFile.open(file)) {
      WeightsFit.of(model, weights.tensors()).require(model, file);
      load(model, weights);
    }
  }

  private static void load(SegmentationModel model, SafetensorsFile weights) throws IOException {
    PointerScope scope = new PointerScope();
    try {
      Map<String, Tensor> staged = new HashMap<>();
      for (Map.Entry<String, Tensor> parameter : model.parameters().entrySet()) {
        Tensor values = torch.empty(parameter.getValue().shape());
        weights.read(parameter.getKey(), values.createBuffer());
        staged.put(parameter.getKey(), values);
      }
      Scoped.withoutGradients(
          () -> {
            // Copied rather than swapped in: the version count of the parameter, which tells
            // caches derived from it that it changed, then goes up.
            model.parameters().forEach((name, tensor) -> tensor.copy_(staged.get(name)));
            return null;
          });
    } finally {
      scope.close();
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
