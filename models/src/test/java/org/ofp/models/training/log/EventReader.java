// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads event files from the descriptions of the formats alone: TFRecord, Protocol Buffers, and the
 * field numbers of event.proto and summary.proto. Its checksum is computed bit by bit from the
 * polynomial.
 */
final class EventReader {
  record Event(
      double wallTime, long step, String fileVersion, Map<String, Float> scalars, long session) {}

  private EventReader() {}

  static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = take(in, 8);
      assertEquals(masked(length), in.getInt(), "checksum of the length");
      byte[] data = take(in, (int) ByteBuffer.wrap(length).order(in.order()).getLong());
      assertEquals(masked(data), in.getInt(), "checksum of the data");
      events.add(event(data));
    }
    return events;
  }

  private static Event event(byte[] data) {
    Map<Integer, List<Object>> fields = fields(data);
    Map<String, Float> scalars = new LinkedHashMap<>();
    for (Object summary : fields.getOrDefault(5, List.of())) {
      for (Object value : fields((byte[]) summary).get(1)) {
        Map<Integer, List<Object>> parts = fields((byte[]) value);
        String tag = new String((byte[]) parts.get(1).get(0), StandardCharsets.UTF_8);
        scalars.put(tag, Float.intBitsToFloat((Integer) parts.get(2).get(0)));
      }
    }
    String version =
        fields.containsKey(3)
            ? new String((byte[]) fields.get(3).get(0), StandardCharsets.UTF_8)
            : "";
    long session =
        fields.containsKey(7) ? (Long) fields((byte[]) fields.get(7).get(0)).get(1).get(0) : 0;
    long step = fields.containsKey(2) ? (Long) fields.get(2).get(0) : 0;
    double wallTime = Double.longBitsToDouble(((Long) fields.get(1).get(0)));
    return new Event(wallTime, step, version, scalars, session);
  }

  /** Varints and 64-bit fields as long, 32-bit fields as int, the others as bytes. */
  private static Map<Integer, List<Object>> fields(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      Object value =
          switch ((int) (tag % 8)) {
            case 0 -> varint(in);
            case 1 -> in.getLong();
            case 2 -> take(in, (int) varint(in));
            case 5 -> in.getInt();
            default -> throw new AssertionError("wire type of tag " + tag);
          };
      fields.computeIfAbsent((int) (tag / 8), field -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    BigInteger value = BigInteger.ZERO;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value = value.add(BigInteger.valueOf(next & 127).shiftLeft(shift));
      if (next >= 0) {
        return value.longValue();
      }
    }
  }

  private static byte[] take(ByteBuffer in, int bytes) {
    byte[] taken = new byte[bytes];
    in.get(taken);
    return taken;
  }

  private static int masked(byte[] data) {
    long crc = crc32c(data);
    long turned = (crc >> 15 | crc << 17) & 0xFFFFFFFFL;
    return (int) (turned + 0xA282EAD8L);
  }

  /** Castagnoli's polynomial 0x1EDC6F41, bits reversed; all ones before and after. */
  static long crc32c(byte[] data) {
    long crc = 0xFFFFFFFFL;
    for (byte b : data) {
      crc ^= b & 255;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc % 2 == 1 ? crc >> 1 ^ 0x82F63B78L : crc >> 1;
      }
    }
    return crc ^ 0xFFFFFFFFL;
  }
}
