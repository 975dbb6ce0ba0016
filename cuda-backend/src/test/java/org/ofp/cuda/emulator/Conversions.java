// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.ofp.cuda.emulator.FloatLanes.bits;
import static org.ofp.cuda.emulator.FloatLanes.d;
import static org.ofp.cuda.emulator.FloatLanes.f;

import java.math.BigDecimal;

/** {@code cvt}: PTX ISA 6.3, section 9.7.8.20. */
final class Conversions {
  private Conversions() {}

  /**
   * The conversion, or null if there is none such.
   *
   * @param rounding {@code rn}, {@code rz}, {@code rm}, {@code rp}, {@code rni}, {@code rzi},
   *     {@code rmi}, {@code rpi}, or empty
   */
  static Lane.One of(String rounding, boolean saturate, String to, String from) {
    boolean toFloat = PtxType.isFloat(to);
    boolean fromFloat = PtxType.isFloat(from);
    if (toFloat && fromFloat) {
      return floatToFloat(rounding, saturate, to, from);
    } else if (toFloat) {
      return saturate ? null : integerToFloat(rounding, to, from);
    } else if (fromFloat) {
      return floatToInteger(rounding, to, from);
    }
    return rounding.isEmpty() ? integerToInteger(saturate, to, from) : null;
  }

  private static Lane.One floatToFloat(String rounding, boolean saturate, String to, String from) {
    if (from.equals("f64") && to.equals("f32")) {
      return switch (rounding) {
        case "rn" ->
            saturate ? a -> bits(FloatLanes.saturate((float) d(a))) : a -> bits((float) d(a));
        case "rz", "rm", "rp" -> a -> bits(directed(rounding, d(a)));
        default -> null;
      };
    } else if (from.equals("f32") && to.equals("f64")) {
      return rounding.isEmpty() ? a -> bits((double) f(a)) : null;
    } else if (from.equals("f32")) {
      if (rounding.isEmpty()) {
        return saturate ? a -> bits(FloatLanes.saturate(f(a))) : a -> a;
      }
      // -0 stays -0: Java's rounding to an integral value keeps the sign as PTX does.
      return integral(rounding) ? a -> bits((float) round(rounding, f(a))) : null;
    }
    return rounding.isEmpty()
        ? a -> a
        : integral(rounding) ? a -> bits(round(rounding, d(a))) : null;
  }

  private static float directed(String rounding, double value) {
    float nearest = (float) value;
    boolean up = rounding.equals("rp") || (rounding.equals("rz") && value < 0);
    if (up && nearest < value) {
      return Math.nextUp(nearest);
    }
    return !up && nearest > value ? Math.nextDown(nearest) : nearest;
  }

  private static Lane.One integerToFloat(String rounding, String to, String from) {
    if (!rounding.equals("rn")) {
      return null;
    }
    boolean single = to.equals("f32");
    return switch (from) {
      case "s32" -> single ? a -> bits((float) (int) a) : a -> bits((double) (int) a);
      case "u32" ->
          single ? a -> bits((float) (a & 0xFFFFFFFFL)) : a -> bits((double) (a & 0xFFFFFFFFL));
      case "s64" -> single ? a -> bits((float) a) : a -> bits((double) a);
      case "u64" ->
          single ? a -> bits(unsigned(a).floatValue()) : a -> bits(unsigned(a).doubleValue());
      default ->
          single
              ? a -> bits((float) PtxType.extend(from, a))
              : a -> bits((double) PtxType.extend(from, a));
    };
  }

  private static BigDecimal unsigned(long value) {
    return new BigDecimal(Long.toUnsignedString(value));
  }

  /**
   * Values beyond the range become its ends. NaN becomes 0 or, from or to 64 bits, the top bit:
   * what GPUs do and PTX ISA 9.0 says; 6.3 says 0 for all.
   */
  private static Lane.One floatToInteger(String rounding, String to, String from) {
    if (!integral(rounding)) {
      return null;
    }
    boolean single = from.equals("f32");
    int width = PtxType.bits(to, 0);
    long nan = single && width < 64 ? 0 : 1L << (width - 1);
    Lane.One numbers = numberToInteger(rounding, to, single);
    return single
        ? a -> Float.isNaN(f(a)) ? nan : numbers.of(a)
        : a -> Double.isNaN(d(a)) ? nan : numbers.of(a);
  }

  private static Lane.One numberToInteger(String rounding, String to, boolean single) {
    return switch (to) {
      case "s32" -> single ? a -> (int) round(rounding, f(a)) : a -> (int) round(rounding, d(a));
      case "s64" -> single ? a -> (long) round(rounding, f(a)) : a -> (long) round(rounding, d(a));
      case "u64" -> a -> toUnsigned(round(rounding, single ? f(a) : d(a)));
      default -> {
        int bits = PtxType.bits(to, 0);
        boolean signed = to.startsWith("s");
        double least = signed ? -Math.scalb(1.0, bits - 1) : 0;
        double most = Math.scalb(1.0, signed ? bits - 1 : bits) - 1;
        yield a -> (long) Math.max(least, Math.min(most, round(rounding, single ? f(a) : d(a))));
      }
    };
  }

  private static long toUnsigned(double value) {
    if (value >= 0x1p63) {
      return value >= 0x1p64 ? -1 : (long) (value - 0x1p63) + Long.MIN_VALUE;
    }
    return value > 0 ? (long) value : 0;
  }

  private static boolean integral(String rounding) {
    return rounding.length() == 3;
  }

  private static double round(String rounding, double value) {
    return switch (rounding) {
      case "rni" -> Math.rint(value);
      case "rmi" -> Math.floor(value);
      case "rpi" -> Math.ceil(value);
      default -> value < 0 ? Math.ceil(value) : Math.floor(value);
    };
  }

  private static Lane.One integerToInteger(boolean saturate, String to, String from) {
    if (!saturate) {
      // Extended by the source's type, cut to the destination's.
      return switch (to + "." + from) {
        case "u64.u32", "s64.u32" -> a -> a & 0xFFFFFFFFL;
        case "s64.s32", "u64.s32" -> a -> (int) a;
        case "u32.u64", "s32.s64", "u32.s64", "s32.u64" -> a -> a & 0xFFFFFFFFL;
        default -> a -> PtxType.extend(to, PtxType.extend(from, a));
      };
    }
    int bits = PtxType.bits(to, 0);
    boolean signed = to.startsWith("s");
    if (bits == 64) {
      return null;
    }
    long least = signed ? -(1L << (bits - 1)) : 0;
    long most = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
    return a -> {
      long value = PtxType.extend(from, a);
      boolean huge = from.equals("u64") && value < 0;
      return huge ? most : Math.max(least, Math.min(most, value));
    };
  }
}
