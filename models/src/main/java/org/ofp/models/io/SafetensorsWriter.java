// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes float32 tensors to a safetensors file, atomically (see {@link AtomicFile}), in single or
 * half precision.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8; // of the data section, as the format asks
  private static final int CHUNK_ELEMENTS = 1 << 14;

  private final ElementType type;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private record Entry(List<Long> shape, FloatBuffer values) {}

  /**
   * A writer without tensors.
   *
   * @param type of the elements in the file: F32, or F16, rounded to nearest
   * @throws IllegalArgumentException if {@code type} cannot be written
   */
  public SafetensorsWriter(ElementType type) {
    if (!type.isWritable()) {
      throw new IllegalArgumentException(type + " cannot be written; use F32 or F16");
    }
    this.type = type;
  }

  /** Adds free text about the file. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Adds a tensor. Tensors are written in the order they were added.
   *
   * @param values the elements, row-major, from position to limit; borrowed until {@link #write}
   * @throws IllegalArgumentException if the name is taken or reserved, or {@code values} and {@code
   *     shape} do not agree
   */
  public SafetensorsWriter add(String name, long[] shape, FloatBuffer values) {
    long elements = 1;
    for (long size : shape) {
      elements = Math.multiplyExact(elements, size);
    }
    if (elements != values.remaining()) {
      throw new IllegalArgumentException(
          name + ": " + values.remaining() + " values for a shape of " + elements);
    }
    if (name.equals(SafetensorsHeader.METADATA_KEY)
        || entries.putIfAbsent(
                name, new Entry(Arrays.stream(shape).boxed().toList(), values.duplicate()))
            != null) {
      throw new IllegalArgumentException("the name " + Quoted.of(name) + " is taken");
    }
    return this;
  }

  /**
   * Writes the file.
   *
   * @throws WeightsException if a value is not finite, or not in half precision; the target is left
   *     as it was
   * @throws IOException if writing fails; the target is left as it was
   */
  public void write(Path target) throws IOException {
    AtomicFile.write(
        target,
        out -> {
          byte[] header = header();
          out.write(
              ByteBuffer.allocate(Long.BYTES)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(header.length)
                  .array());
          out.write(header);
          for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            writeValues(entry.getKey(), entry.getValue().values.duplicate(), out);
          }
        });
  }

  private byte[] header() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA_KEY);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (Map.Entry<String, Entry> entry : entries.entrySet()) {
        long end = begin + (long) entry.getValue().values.remaining() * type.bytes();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", type.name());
        writeSizes(json, "shape", entry.getValue().shape);
        writeSizes(json, "data_offsets", List.of(begin, end));
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  private static void writeSizes(JsonGenerator json, String field, List<Long> sizes)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (long size : sizes) {
      json.writeNumber(size);
    }
    json.writeEndArray();
  }

  private void writeValues(String name, FloatBuffer values, OutputStream out) throws IOException {
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_ELEMENTS * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int index = 0; values.hasRemaining(); index++) {
      encode(name, index, values.get(), chunk);
      if (!chunk.hasRemaining() || !values.hasRemaining()) {
        out.write(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    }
  }

  private void encode(String name, int index, float value, ByteBuffer into) {
    short half = HalfPrecision.fromFloat(value);
    if (!Float.isFinite(type == ElementType.F16 ? HalfPrecision.toFloat(half) : value)) {
      throw new WeightsException(
          String.format(
              "tensor %s has the value %s at index %d, which %s cannot hold as a finite number",
              Quoted.of(name), value, index, type));
    }
    if (type == ElementType.F16) {
      into.putShort(half);
    } else {
      into.putFloat(value);
    }
  }
}
