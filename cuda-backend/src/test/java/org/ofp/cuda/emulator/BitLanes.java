// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.List;
import java.util.Map;

/** Logic, shifts and bit fields: PTX ISA 6.3, sections 9.7.1 and 9.7.7. */
final class BitLanes {
  private static final long WORD = 0xFFFFFFFFL;

  private BitLanes() {}

  static void addTo(Map<String, Lane> lanes) {
    lanes.put("not.pred", Lanes.NOT);
    for (String type : List.of("pred", "b16", "b32", "b64")) {
      lanes.put("and." + type, (Lane.Two) (a, b) -> a & b);
      lanes.put("or." + type, (Lane.Two) (a, b) -> a | b);
      lanes.put("xor." + type, (Lane.Two) (a, b) -> a ^ b);
      lanes.putIfAbsent("not." + type, (Lane.One) a -> ~a);
    }
    shifts(lanes);
    funnels(lanes);
    fields(lanes);
    counts(lanes);
    lanes.put("lop3.b32", (Lane.Four) BitLanes::logic);
    lanes.put("prmt.b32", (Lane.Three) BitLanes::permute);
  }

  /** Amounts are clamped to the width, they do not wrap as in Java. */
  private static void shifts(Map<String, Lane> lanes) {
    lanes.put("shl.b16", (Lane.Two) (a, n) -> clamp(n) > 15 ? 0 : (a << n) & 0xFFFF);
    lanes.put("shl.b32", (Lane.Two) (a, n) -> clamp(n) > 31 ? 0 : (int) a << n);
    lanes.put("shl.b64", (Lane.Two) (a, n) -> clamp(n) > 63 ? 0 : a << n);
    for (String kind : List.of("u", "b")) {
      lanes.put("shr." + kind + "16", (Lane.Two) (a, n) -> (a & 0xFFFF) >>> Math.min(clamp(n), 16));
      lanes.put("shr." + kind + "32", (Lane.Two) (a, n) -> (a & WORD) >>> Math.min(clamp(n), 32));
      lanes.put("shr." + kind + "64", (Lane.Two) (a, n) -> clamp(n) > 63 ? 0 : a >>> n);
    }
    lanes.put("shr.s16", (Lane.Two) (a, n) -> (short) a >> Math.min(clamp(n), 31));
    lanes.put("shr.s32", (Lane.Two) (a, n) -> (int) a >> Math.min(clamp(n), 31));
    lanes.put("shr.s64", (Lane.Two) (a, n) -> a >> Math.min(clamp(n), 63));
  }

  private static void funnels(Map<String, Lane> lanes) {
    lanes.put("shf.l.wrap.b32", (Lane.Three) (a, b, n) -> left(a, b, n & 31));
    lanes.put("shf.l.clamp.b32", (Lane.Three) (a, b, n) -> left(a, b, Math.min(clamp(n), 32)));
    lanes.put("shf.r.wrap.b32", (Lane.Three) (a, b, n) -> pair(a, b) >>> (n & 31));
    lanes.put("shf.r.clamp.b32", (Lane.Three) (a, b, n) -> pair(a, b) >>> Math.min(clamp(n), 32));
  }

  private static void fields(Map<String, Lane> lanes) {
    lanes.put("bfe.u32", (Lane.Three) (a, at, n) -> extract(a & WORD, 32, at, n, false));
    lanes.put("bfe.s32", (Lane.Three) (a, at, n) -> extract(a << 32 >> 32, 32, at, n, true));
    lanes.put("bfe.u64", (Lane.Three) (a, at, n) -> extract(a, 64, at, n, false));
    lanes.put("bfe.s64", (Lane.Three) (a, at, n) -> extract(a, 64, at, n, true));
    lanes.put("bfi.b32", (Lane.Four) (a, b, at, n) -> insert(a, b, 32, at, n));
    lanes.put("bfi.b64", (Lane.Four) (a, b, at, n) -> insert(a, b, 64, at, n));
  }

  private static void counts(Map<String, Lane> lanes) {
    lanes.put("clz.b32", (Lane.One) a -> Integer.numberOfLeadingZeros((int) a));
    lanes.put("clz.b64", (Lane.One) Long::numberOfLeadingZeros);
    lanes.put("popc.b32", (Lane.One) a -> Integer.bitCount((int) a));
    lanes.put("popc.b64", (Lane.One) Long::bitCount);
    lanes.put("brev.b32", (Lane.One) a -> Integer.reverse((int) a));
    lanes.put("brev.b64", (Lane.One) Long::reverse);
  }

  /** An amount, unsigned. */
  private static long clamp(long amount) {
    return amount & WORD;
  }

  private static long pair(long low, long high) {
    return (high << 32) | (low & WORD);
  }

  private static long left(long a, long b, long n) {
    return (pair(a, b) << n) >>> 32;
  }

  private static long extract(long a, int width, long at, long length, boolean signed) {
    long position = at & 0xFF;
    long n = length & 0xFF;
    if (n == 0) {
      return 0;
    }
    // Beyond the top come zeros or copies of the sign.
    long sign = signed ? (a >>> Math.min(position + n - 1, width - 1)) & 1 : 0;
    long present = position >= width ? 0 : Math.min(n, width - position);
    long mask = present == 64 ? -1 : (1L << present) - 1;
    long field = present == 0 ? 0 : (a >>> position) & mask;
    return sign == 0 ? field : field | ~mask;
  }

  private static long insert(long a, long b, int width, long at, long length) {
    long position = at & 0xFF;
    long n = length & 0xFF;
    if (n == 0 || position >= width) {
      return b;
    }
    long mask = (n >= 64 ? -1 : (1L << n) - 1) << position;
    return ((a << position) & mask) | (b & ~mask);
  }

  private static long logic(long a, long b, long c, long table) {
    long result = 0;
    for (int i = 0; i < 8; i++) {
      if ((table >>> i & 1) != 0) {
        result |= ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
      }
    }
    return result;
  }

  private static long permute(long a, long b, long selector) {
    long bytes = pair(a, b);
    long result = 0;
    for (int i = 0; i < 4; i++) {
      int choice = (int) (selector >>> (4 * i)) & 15;
      int value = (int) (bytes >>> (8 * (choice & 7))) & 0xFF;
      int chosen = (choice & 8) == 0 ? value : (byte) value < 0 ? 0xFF : 0;
      result |= (long) chosen << (8 * i);
    }
    return result;
  }
}
