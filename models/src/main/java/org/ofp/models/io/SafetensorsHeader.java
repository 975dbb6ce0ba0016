// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, read token by token so that a hostile one is refused at
 * its first wrong token and costs no more memory than an honest one of its size:
 *
 * <pre>
 * {"__metadata__": {"k": "v"}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
 * </pre>
 *
 * <p>Checked: UTF-8; no duplicate keys at any level; exactly the three fields per tensor; types and
 * sizes that agree; tensors that cover the data section from its first to its last byte without
 * holes or overlaps.
 */
final class SafetensorsHeader {
  static final String METADATA_KEY = "__metadata__";

  private static final int MAX_DIMENSIONS = 16;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNameLength(1 << 12)
                  .maxStringLength(1 << 20)
                  .maxNumberLength(20)
                  .build())
          .build();

  private final JsonParser json;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private Map<String, String> metadata = Map.of();

  private SafetensorsHeader(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads a header.
   *
   * @param utf8 the header's bytes
   * @param dataBytes the size of the data section
   * @throws WeightsException if anything about it is wrong; the message names no file
   */
  static SafetensorsHeader parse(ByteBuffer utf8, long dataBytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new WeightsException("the header is not UTF-8 text");
    }
    try (JsonParser json = JSON.createParser(text)) {
      SafetensorsHeader header = new SafetensorsHeader(json);
      header.readTensors();
      header.requireCoverage(dataBytes);
      return header;
    } catch (JsonProcessingException e) {
      throw new WeightsException("the header is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading a string failed", e);
    }
  }

  /** The tensors by name, in the header's order. */
  Map<String, TensorInfo> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Free text, unmodifiable. */
  Map<String, String> metadata() {
    return metadata;
  }

  private void readTensors() throws IOException {
    expect(JsonToken.START_OBJECT, json.nextToken(), "the header");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(METADATA_KEY)) {
        metadata = Collections.unmodifiableMap(readMetadata());
      } else {
        tensors.put(name, readTensor(name));
      }
    }
    if (json.nextToken() != null) {
      throw new WeightsException("the header has text after its closing brace");
    }
  }

  private Map<String, String> readMetadata() throws IOException {
    expect(JsonToken.START_OBJECT, json.currentToken(), METADATA_KEY);
    Map<String, String> entries = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      expect(JsonToken.VALUE_STRING, json.nextToken(), METADATA_KEY + " entry " + Quoted.of(key));
      entries.put(key, json.getText());
    }
    return entries;
  }

  private TensorInfo readTensor(String name) throws IOException {
    String what = "tensor " + Quoted.of(name);
    expect(JsonToken.START_OBJECT, json.currentToken(), what);
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> type = readType(what);
        case "shape" -> shape = readSizes(what + ", shape", MAX_DIMENSIONS);
        case "data_offsets" -> offsets = readSizes(what + ", data_offsets", 2);
        default -> throw new WeightsException(what + " has an unknown field " + Quoted.of(field));
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw new WeightsException(what + " must have dtype, shape and data_offsets");
    }
    return checked(what, new TensorInfo(name, type, shape, begin(what, offsets), offsets.get(1)));
  }

  private static long begin(String what, List<Long> offsets) {
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw new WeightsException(
          what + " has data_offsets " + offsets + ", not a begin and an end after it");
    }
    return offsets.get(0);
  }

  private ElementType readType(String what) throws IOException {
    expect(JsonToken.VALUE_STRING, json.currentToken(), what + ", dtype");
    String type = json.getText();
    return ElementType.named(type)
        .orElseThrow(
            () -> new WeightsException(what + " has the unknown dtype " + Quoted.of(type)));
  }

  private List<Long> readSizes(String what, int most) throws IOException {
    expect(JsonToken.START_ARRAY, json.currentToken(), what);
    List<Long> sizes = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(JsonToken.VALUE_NUMBER_INT, json.currentToken(), what);
      if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
        throw new WeightsException(
            what + ": " + json.getText() + " must be between 0 and " + Long.MAX_VALUE);
      }
      if (sizes.size() == most) {
        throw new WeightsException(what + " has more than " + most + " numbers");
      }
      sizes.add(json.getLongValue());
    }
    return sizes;
  }

  private static TensorInfo checked(String what, TensorInfo tensor) {
    long bytes = tensor.type().bytes();
    try {
      for (long size : tensor.shape()) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw new WeightsException(what + ": the shape " + tensor.shape() + " overflows");
    }
    if (tensor.end() - tensor.begin() != bytes) {
      throw new WeightsException(
          String.format(
              "%s: %s of shape %s takes %d bytes, but its data_offsets [%d, %d] span %d",
              what,
              tensor.type(),
              tensor.shape(),
              bytes,
              tensor.begin(),
              tensor.end(),
              tensor.end() - tensor.begin()));
    }
    return tensor;
  }

  private void requireCoverage(long dataBytes) {
    List<TensorInfo> sorted = new ArrayList<>(tensors.values());
    sorted.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long covered = 0;
    for (TensorInfo tensor : sorted) {
      if (tensor.begin() != covered) {
        throw new WeightsException(
            String.format(
                "tensor %s begins at byte %d of the data, where the tensor before it ends at %d:"
                    + " %s",
                Quoted.of(tensor.name()),
                tensor.begin(),
                covered,
                tensor.begin() < covered ? "they overlap" : "there is a hole"));
      }
      covered = tensor.end();
    }
    if (covered != dataBytes) {
      throw new WeightsException(
          String.format(
              "the tensors take %d bytes of data, the file has %d: it is %s",
              covered, dataBytes, covered > dataBytes ? "truncated" : "longer than it should be"));
    }
  }

  private static void expect(JsonToken expected, JsonToken actual, String what) {
    if (actual != expected) {
      throw new WeightsException(
          what + " must be " + describe(expected) + ", not " + describe(actual));
    }
  }

  private static String describe(JsonToken token) {
    if (token == null) {
      return "the end of the header";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "an integer";
      default -> token.name();
    };
  }
}
