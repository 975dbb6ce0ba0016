// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;

/** Integer arithmetic: PTX ISA 6.3, section 9.7.1. */
final class IntegerLanes {
  private IntegerLanes() {}

  static void addTo(Map<String, Lane> lanes) {
    for (String type : List.of("u16", "s16", "u32", "s32", "u64", "s64")) {
      boolean signed = type.startsWith("s");
      // Of sums and products only the low bits count: they need no extension.
      lanes.put("add." + type, (Lane.Two) (a, b) -> a + b);
      lanes.put("sub." + type, (Lane.Two) (a, b) -> a - b);
      lanes.put("mul.lo." + type, (Lane.Two) (a, b) -> a * b);
      lanes.put("mad.lo." + type, (Lane.Three) (a, b, c) -> a * b + c);
      two(lanes, "div", type, signed ? IntegerLanes::divide : IntegerLanes::divideUnsigned);
      two(lanes, "rem", type, signed ? (a, b) -> a - divide(a, b) * b : IntegerLanes::remainder);
      two(lanes, "min", type, signed ? Math::min : IntegerLanes::minUnsigned);
      two(lanes, "max", type, signed ? Math::max : IntegerLanes::maxUnsigned);
    }
    for (String type : List.of("s16", "s32", "s64")) {
      lanes.put("neg." + type, (Lane.One) a -> -a);
      lanes.put("abs." + type, (Lane.One) a -> Math.abs(PtxType.extend(type, a)));
    }
    wide(lanes);
    high(lanes);
  }

  /** The operands extended to 64 bits by type. */
  private static void two(
      Map<String, Lane> lanes, String name, String type, LongBinaryOperator operator) {
    int n = 64 - PtxType.bits(type, 0);
    Lane.Two lane =
        type.startsWith("s")
            ? (a, b) -> operator.applyAsLong(a << n >> n, b << n >> n)
            : (a, b) -> operator.applyAsLong(a << n >>> n, b << n >>> n);
    lanes.put(name + "." + type, lane);
  }

  private static void wide(Map<String, Lane> lanes) {
    lanes.put("mul.wide.s32", (Lane.Two) (a, b) -> (long) (int) a * (int) b);
    lanes.put("mul.wide.u32", (Lane.Two) (a, b) -> (a & 0xFFFFFFFFL) * (b & 0xFFFFFFFFL));
    lanes.put("mad.wide.s32", (Lane.Three) (a, b, c) -> (long) (int) a * (int) b + c);
    lanes.put("mad.wide.u32", (Lane.Three) (a, b, c) -> (a & 0xFFFFFFFFL) * (b & 0xFFFFFFFFL) + c);
    lanes.put("mul.wide.s16", (Lane.Two) (a, b) -> (short) a * (short) b);
    lanes.put("mul.wide.u16", (Lane.Two) (a, b) -> (a & 0xFFFF) * (b & 0xFFFF));
  }

  private static void high(Map<String, Lane> lanes) {
    Lane.Two s32 = (a, b) -> ((long) (int) a * (int) b) >> 32;
    Lane.Two u32 = (a, b) -> ((a & 0xFFFFFFFFL) * (b & 0xFFFFFFFFL)) >>> 32;
    Lane.Two s64 = Math::multiplyHigh;
    // Unsigned: add what the negative sign took away.
    Lane.Two u64 = (a, b) -> Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    Map.of("s32", s32, "u32", u32, "s64", s64, "u64", u64)
        .forEach(
            (type, high) -> {
              lanes.put("mul.hi." + type, high);
              lanes.put("mad.hi." + type, (Lane.Three) (a, b, c) -> high.of(a, b) + c);
            });
  }

  private static long divide(long a, long b) {
    return a / nonZero(b);
  }

  private static long divideUnsigned(long a, long b) {
    return Long.divideUnsigned(a, nonZero(b));
  }

  private static long remainder(long a, long b) {
    return Long.remainderUnsigned(a, nonZero(b));
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw new LaneFault("divides an integer by zero, which is undefined in PTX");
    }
    return divisor;
  }

  private static long minUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  private static long maxUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }
}
