// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"F32", "F16"})
  void whatIsWrittenIsRead(ElementType type) throws IOException {
    Path file = folder.resolve("a");
    float[] values = {0, 1, -2, 0.5f, 1024, 65504};
    new SafetensorsWriter(type)
        .metadata("who", "ö")
        .add("a.b", new long[] {2, 3}, FloatBuffer.wrap(values))
        .add("scalar", new long[0], FloatBuffer.wrap(new float[] {7}))
        .add("empty", new long[] {0, 4}, FloatBuffer.allocate(0))
        .write(file);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertEquals(List.of("a.b", "scalar", "empty"), List.copyOf(read.tensors().keySet()));
      assertEquals(List.of(2L, 3L), read.tensors().get("a.b").shape());
      assertEquals(Map.of("who", "ö"), read.metadata());
      assertArrayEquals(values, read(read, "a.b", 6));
      assertArrayEquals(new float[] {7}, read(read, "scalar", 1));
      assertArrayEquals(new float[0], read(read, "empty", 0));
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0, bytes.getLong() % 8, "the data section is aligned");
  }

  @Test
  void tensorsLongerThanAChunkAreRead() throws IOException {
    Path file = folder.resolve("a");
    float[] values = new float[200_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    new SafetensorsWriter(ElementType.F32)
        .add("a", new long[] {values.length}, FloatBuffer.wrap(values))
        .write(file);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertArrayEquals(values, read(read, "a", values.length));
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    ByteBuffer amongOthers = ByteBuffer.allocate(bytes.limit() + 6).position(4);
    amongOthers.put(bytes).flip().position(4);
    try (SafetensorsFile read = SafetensorsFile.of("memory", amongOthers)) {
      assertArrayEquals(values, read(read, "a", values.length));
    }
    assertEquals(4, amongOthers.position());
  }

  @Test
  void bfloat16IsTheUpperHalfOfAFloat() throws IOException {
    byte[] data = {(byte) 0x80, 0x3F, 0x20, (byte) 0xC1}; // 1.0, -10.0
    Path file = file("{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", data);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertArrayEquals(new float[] {1, -10}, read(read, "a", 2));
    }
  }

  @Test
  void otherTypesAreListedButNotRead() throws IOException {
    Path file =
        file("{\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}", new byte[8]);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertEquals(ElementType.I64, read.tensors().get("n").type());
      String message = assertThrows(WeightsException.class, () -> read(read, "n", 1)).getMessage();
      assertTrue(message.contains("'n' has dtype I64"), message);
    }
  }

  @ParameterizedTest
  @CsvSource({"F32, NaN", "F32, Infinity", "F16, -Infinity", "BF16, NaN"})
  void valuesThatAreNotFiniteAreNamed(ElementType type, float value) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(4 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int bits = Float.floatToRawIntBits(value);
    switch (type) {
      case F32 -> data.putInt(8, bits);
      case F16 -> data.putShort(4, HalfPrecision.fromFloat(value));
      default -> data.putShort(4, (short) (bits >>> 16));
    }
    String header =
        "{\"w\":{\"dtype\":\"%s\",\"shape\":[4],\"data_offsets\":[0,%d]}}"
            .formatted(type, data.capacity());
    try (SafetensorsFile read = SafetensorsFile.open(file(header, data.array()))) {
      String message = assertThrows(WeightsException.class, () -> read(read, "w", 4)).getMessage();
      assertTrue(message.contains("'w' has the value " + value + " at index 2"), message);
    }
  }

  /** Each line: what is wrong; the header with ' for "; bytes of data; a part of the message. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "truncated data | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 7 | truncated",
        "data too long | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 9 | longer",
        "data without tensors | {} | 1 | longer",
        "hole at start | {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | hole",
        "hole | {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[1],'data_offsets':[3,4]}} | 4 | hole",
        "overlap | {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}} | 3 | overlap",
        "same bytes twice | {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}} | 2 | overlap",
        "beyond the end | {'a':{'dtype':'F32','shape':[9],'data_offsets':[0,36]}} | 8 | truncated",
        "negative offset | {'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}} | 8 | between 0",
        "reversed offsets | {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | 8 | not a begin",
        "one offset | {'a':{'dtype':'F32','shape':[2],'data_offsets':[8]}} | 8 | not a begin",
        "three offsets | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}} | 8 | more than 2",
        "size mismatch | {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | 8 | takes 12 bytes",
        "negative size | {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | 8 | between 0",
        "overflow of the product | {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | 8 | overflows",
        "overflow of a size | {'a':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,8]}} | 8 | between 0",
        "fraction | {'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | 8 | must be an integer",
        "string size | {'a':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}} | 8 | must be an integer",
        "too many dimensions | {'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],'data_offsets':[0,8]}} | 8 | more than 16",
        "unknown dtype | {'a':{'dtype':'F31','shape':[2],'data_offsets':[0,8]}} | 8 | unknown dtype 'F31'",
        "dtype of wrong type | {'a':{'dtype':32,'shape':[2],'data_offsets':[0,8]}} | 8 | must be a string",
        "no dtype | {'a':{'shape':[2],'data_offsets':[0,8]}} | 8 | must have dtype",
        "no shape | {'a':{'dtype':'F32','data_offsets':[0,8]}} | 8 | must have dtype",
        "no offsets | {'a':{'dtype':'F32','shape':[2]}} | 8 | must have dtype",
        "unknown field | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}} | 8 | unknown field 'x'",
        "duplicate tensor | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 8 | Duplicate",
        "duplicate field | {'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 8 | Duplicate",
        "duplicate metadata | {'__metadata__':{'k':'1','k':'2'}} | 0 | Duplicate",
        "metadata no text | {'__metadata__':{'k':1}} | 0 | must be a string",
        "metadata no object | {'__metadata__':[]} | 0 | must be an object",
        "tensor no object | {'a':[[[[[[[[[[[[]]]]]]]]]]]]} | 0 | must be an object",
        "deep nesting | {'a':{'shape':[[[[[[[[2]]]]]]]]}} | 0 | must be an integer",
        "no object | [1] | 0 | must be an object",
        "two objects | {}{} | 0 | after its closing brace",
        "cut JSON | {'a':{'dtype':'F32' | 0 | not valid JSON",
        "no JSON | hello | 0 | not valid JSON",
        "empty header | ~~ | 0 | must be an object"
      })
  void aHostileHeaderIsRefused(String what, String header, int dataBytes, String message)
      throws IOException {
    String text = header == null ? "" : header.replace('\'', '"');
    WeightsException e = refusal(file(text, new byte[dataBytes]));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), "one line");
  }

  @Test
  void aHeaderLengthIsBoundedBeforeItIsBelieved() throws IOException {
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, (16 << 20) + 1}) {
      ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      String message = refusal(Files.write(folder.resolve("a"), bytes.array())).getMessage();
      assertTrue(message.contains("beyond the limit"), message);
    }
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(57);
    String message = refusal(Files.write(folder.resolve("a"), bytes.array())).getMessage();
    assertTrue(message.contains("truncated: the header alone needs 65 of 64"), message);
    for (int size = 0; size < 8; size++) {
      assertTrue(
          refusal(Files.write(folder.resolve("a"), new byte[size])).getMessage().contains("short"));
    }
  }

  @Test
  void theHeaderIsUtf8() throws IOException {
    byte[] latin = "{\"__metadata__\":{\"k\":\"ö\"}}".getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(refusal(file(latin, new byte[0])).getMessage().contains("UTF-8"));
    byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE); // JSON parsers like to guess this one
    assertTrue(refusal(file(wide, new byte[0])).getMessage().contains("not valid JSON"));
  }

  @Test
  void namesInMessagesAreMadeHarmless() throws IOException {
    String name = "\\u001b[31m\\n" + "x".repeat(500);
    String header = "{\"%s\":{\"dtype\":\"F32\",\"shape\":[2]}}".formatted(name);
    String message = refusal(file(header, new byte[0])).getMessage();
    assertTrue(message.contains("'?[31m?xxx"), message);
    assertTrue(message.length() < 300, message);
  }

  @Test
  void theWriterRefusesWhatTheReaderWould() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32);
    FloatBuffer one = FloatBuffer.allocate(1);
    writer.add("a", new long[] {1}, one);
    assertThrows(IllegalArgumentException.class, () -> writer.add("a", new long[] {1}, one));
    assertThrows(IllegalArgumentException.class, () -> writer.add("b", new long[] {2}, one));
    assertThrows(
        IllegalArgumentException.class, () -> writer.add("__metadata__", new long[] {1}, one));
    assertThrows(IllegalArgumentException.class, () -> new SafetensorsWriter(ElementType.BF16));
    writer.add("c", new long[] {2}, FloatBuffer.wrap(new float[] {0, Float.NaN}));
    String message = assertThrows(WeightsException.class, () -> writer.write(file)).getMessage();
    assertTrue(message.contains("'c' has the value NaN at index 1"), message);
    assertEquals("old", Files.readString(file));
  }

  private static float[] read(SafetensorsFile file, String name, int size) throws IOException {
    float[] values = new float[size];
    file.read(name, FloatBuffer.wrap(values));
    return values;
  }

  private Path file(String header, byte[] data) throws IOException {
    return file(header.getBytes(StandardCharsets.UTF_8), data);
  }

  private Path file(byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).put(data);
    return Files.write(folder.resolve("a"), bytes.array());
  }

  private static WeightsException refusal(Path file) {
    return assertThrows(WeightsException.class, () -> SafetensorsFile.open(file).close());
  }
}
