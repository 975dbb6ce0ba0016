// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.SafetensorsWriter;

/**
 * A network as its publisher's package builds it: the keys of its state_dict, which the package
 * itself wrote down (src/test/python/encoder_names.py), with values that depend on the key.
 */
final class PublishedNetwork {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private PublishedNetwork() {}

  /** Reads the keys. Those of VGG's classifier get a small shape: 123 million weights otherwise. */
  static PublishedNetwork of(String name) {
    PublishedNetwork network = new PublishedNetwork();
    String path = "/org/ofp/models/pretrained/" + name + ".txt";
    try (InputStream in = PublishedNetwork.class.getResourceAsStream(path)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(network::add);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return network;
  }

  private void add(String line) {
    List<String> words = List.of(line.split(" ", -1));
    String key = words.get(0);
    long[] shape =
        words.get(1).equals("scalar")
            ? new long[0]
            : Arrays.stream(words.get(1).split("x", -1)).mapToLong(Long::parseLong).toArray();
    shapes.put(key, key.startsWith("classifier.") ? new long[] {1} : shape);
  }

  Map<String, long[]> shapes() {
    return shapes;
  }

  /** Weights and biases, without what batch normalisation adds, in order. */
  List<String> parameters() {
    return shapes.keySet().stream()
        .filter(key -> key.endsWith(".weight") || key.endsWith(".bias"))
        .toList();
  }

  /** Writes all tensors that it has by now. */
  void write(Path file, ElementType type) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(type);
    shapes.forEach((key, shape) -> writer.add(key, shape, FloatBuffer.wrap(values(key, shape))));
    writer.write(file);
  }

  /** What it writes for a key. */
  static float[] values(String key, long[] shape) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    // one number that tells keys apart and one that tells places apart: cheap, and no two tensors
    // of one shape are alike
    float level = Math.floorMod(key.hashCode(), 1 << 11);
    for (int i = 0; i < values.length; i++) {
      values[i] = level + i % 97 / 128f;
    }
    return values;
  }
}
