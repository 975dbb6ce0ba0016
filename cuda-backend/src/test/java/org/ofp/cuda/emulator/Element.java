// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How values of a size lie in memory. */
final class Element {
  private static final Element U8 =
      new Element(1, 0x01L, (d, p) -> d[p] & 0xFF, (d, p, v) -> d[p] = (byte) v);
  private static final Element S8 = new Element(1, 0x01L, (d, p) -> d[p], U8.put);
  private static final Element U16 =
      new Element(
          2,
          0x0101L,
          (d, p) -> (short) Views.SHORTS.get(d, p) & 0xFFFF,
          (d, p, v) -> Views.SHORTS.set(d, p, (short) v));
  private static final Element S16 =
      new Element(2, 0x0101L, (d, p) -> (short) Views.SHORTS.get(d, p), U16.put);
  private static final Element WORD =
      new Element(
          4,
          0x01010101L,
          (d, p) -> (int) Views.INTS.get(d, p),
          (d, p, v) -> Views.INTS.set(d, p, (int) v));
  private static final Element LONG =
      new Element(
          8,
          0x0101010101010101L,
          (d, p) -> (long) Views.LONGS.get(d, p),
          (d, p, v) -> Views.LONGS.set(d, p, v));

  private static final class Views {
    static final VarHandle SHORTS = view(short[].class);
    static final VarHandle INTS = view(int[].class);
    static final VarHandle LONGS = view(long[].class);

    private Views() {}

    private static VarHandle view(Class<?> type) {
      return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Reads a value. */
  interface Get {
    long of(byte[] data, int at);
  }

  /** Writes a value. */
  interface Put {
    void of(byte[] data, int at, long value);
  }

  final int bytes;

  /** What {@link #get} gives where every byte is 1. */
  final long ones;

  final Get get;
  final Put put;

  private Element(int bytes, long ones, Get get, Put put) {
    this.bytes = bytes;
    this.ones = ones;
    this.get = get;
    this.put = put;
  }

  static Element of(String type, int line) {
    return switch (type) {
      case "b8", "u8" -> U8;
      case "s8" -> S8;
      case "b16", "u16" -> U16;
      case "s16" -> S16;
      default -> PtxType.bits(type, line) == 32 ? WORD : LONG;
    };
  }
}
