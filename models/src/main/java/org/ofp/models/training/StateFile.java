// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.SafetensorsFile;
import org.ofp.models.io.SafetensorsWriter;
import org.ofp.models.io.TensorInfo;
import org.ofp.models.io.WeightsException;
import org.ofp.models.network.Scoped;

/**
 * The tensors of a training, bit for bit, as a safetensors file: every parameter as {@code
 * parameter.NAME}, its moments in Adam as {@code first.NAME} and {@code second.NAME}.
 */
final class StateFile {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** Over a model's parameters and their optimiser. */
  StateFile(Map<String, Tensor> parameters, Adam adam) {
    parameters.forEach((name, tensor) -> tensors.put("parameter." + name, tensor));
    adam.moments()
        .forEach(
            (name, moments) -> {
              tensors.put("first." + name, moments.first());
              tensors.put("second." + name, moments.second());
            });
  }

  /**
   * Writes the tensors, atomically.
   *
   * @throws IOException if that fails
   */
  void write(Path file) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32);
    tensors.forEach((name, tensor) -> writer.add(name, tensor.shape(), tensor.createBuffer()));
    writer.write(file);
  }

  /**
   * Replaces the tensors' values by those of the file, or none of them.
   *
   * @throws WeightsException if the file is damaged or holds other tensors
   * @throws IOException if it cannot be read
   */
  void read(Path file) throws IOException {
    try (SafetensorsFile stored = SafetensorsFile.open(file);
        PointerScope scope = new PointerScope()) {
      if (!stored.tensors().keySet().equals(tensors.keySet())) {
        throw new WeightsException(file + ": holds other tensors than this training's");
      }
      Map<String, Tensor> staged = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        staged.put(entry.getKey(), read(file, stored, entry.getKey(), entry.getValue().shape()));
      }
      Scoped.withoutGradients(
          () -> {
            tensors.forEach((name, tensor) -> tensor.copy_(staged.get(name)));
            return null;
          });
    }
  }

  private static Tensor read(Path file, SafetensorsFile stored, String name, long[] shape)
      throws IOException {
    TensorInfo info = stored.tensors().get(name);
    if (info.type() != ElementType.F32
        || !info.shape().equals(Arrays.stream(shape).boxed().toList())) {
      throw new WeightsException(
          String.format(
              "%s: tensor %s is %s of shape %s, not F32 of %s",
              file, name, info.type(), info.shape(), Arrays.toString(shape)));
    }
    Tensor values = torch.empty(shape);
    stored.read(name, values.createBuffer());
    return values;
  }

  /** The CRC-32C of a file, in hexadecimal: weights may be wrong without being malformed. */
  static String checksum(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        crc.update(chunk, 0, n);
      }
    }
    return String.format("%08x", crc.getValue());
  }
}
