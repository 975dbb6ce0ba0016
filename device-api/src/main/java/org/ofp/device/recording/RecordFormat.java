// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The frame of every record of a file, little-endian, at a multiple of {@value #STEP} bytes:
 *
 * <pre>
 *    0  char[4]  kind: "JOB ", "FRAM", "FAIL", "PAD ", "END "
 *    4  u32      CRC32C of the payload
 *    8  u64      bytes of the payload
 *   16  u32      CRC32C of the 16 bytes before
 *   20  u32      0
 *   24           payload, then zeros up to a multiple of 8
 * </pre>
 */
final class RecordFormat {
  /** Bytes in front of a payload. */
  static final int HEAD = 24;

  /** Records begin at multiples of so many bytes, so that their values are aligned. */
  static final int STEP = 8;

  /** Frames that were begun. */
  static final int JOB = kind("JOB ");

  /** A frame, requested and measured. */
  static final int FRAME = kind("FRAM");

  /** A job that failed. */
  static final int FAILURE = kind("FAIL");

  /** Nothing: fills a block of the disk. */
  static final int PADDING = kind("PAD ");

  /** The recording was closed. */
  static final int END = kind("END ");

  private static final int CHECKED = 16;

  private RecordFormat() {}

  private static int kind(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }

  static boolean isKind(int kind) {
    return kind == JOB || kind == FRAME || kind == FAILURE || kind == PADDING || kind == END;
  }

  /** Bytes that a record with such a payload takes up. */
  static long size(long payload) {
    return roundUp(HEAD + payload, STEP);
  }

  static long roundUp(long bytes, long unit) {
    return (bytes + unit - 1) / unit * unit;
  }

  /** Leaves room for a head; the payload follows at the position. */
  static int begin(ByteBuffer block) {
    int at = block.position();
    block.position(at + HEAD);
    return at;
  }

  /** Ends the record that began at {@code at}: zeros up to the next one, checksums. */
  static void end(ByteBuffer block, int at, int kind) {
    int payload = block.position() - at - HEAD;
    while (block.position() % STEP != 0) {
      block.put((byte) 0);
    }
    block.putInt(at, kind);
    block.putInt(at + 4, crc(block, at + HEAD, payload));
    block.putLong(at + 8, payload);
    block.putInt(at + CHECKED, crc(block, at, CHECKED));
    block.putInt(at + CHECKED + 4, 0);
  }

  /** Whether the head at a place is what a writer wrote. */
  static boolean isSound(ByteBuffer head, int at) {
    return isKind(head.getInt(at))
        && head.getLong(at + 8) >= 0
        && head.getInt(at + CHECKED) == crc(head, at, CHECKED)
        && head.getInt(at + CHECKED + 4) == 0;
  }

  static int crc(ByteBuffer bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at, length));
    return (int) crc.getValue();
  }
}
