// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Conversions in all forms against exact decimals. */
class ConversionsTest {
  private static final long SEED = 11;
  private static final List<String> INTEGERS =
      List.of("u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64");
  private static final Map<String, RoundingMode> ROUNDINGS =
      Map.of(
          "rn", RoundingMode.HALF_EVEN,
          "rz", RoundingMode.DOWN,
          "rm", RoundingMode.FLOOR,
          "rp", RoundingMode.CEILING);

  /** The result's bits for an operand's. */
  private interface Exact {
    long of(long bits);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void integersAreExtendedCutOrSaturated() {
    for (String from : INTEGERS) {
      for (String to : INTEGERS) {
        compare("cvt." + to + "." + from, to, from, a -> integer(from, a).longValue());
        if (!to.endsWith("64") && !contains(to, from)) {
          compare("cvt.sat." + to + "." + from, to, from, a -> clamp(to, integer(from, a)));
        }
      }
    }
  }

  @Test
  void integersBecomeTheNearestFloat() {
    for (String from : INTEGERS) {
      compare(
          "cvt.rn.f32." + from,
          "f32",
          from,
          a -> Float.floatToIntBits(Float.parseFloat(integer(from, a).toString())));
      compare(
          "cvt.rn.f64." + from,
          "f64",
          from,
          a -> Double.doubleToLongBits(Double.parseDouble(integer(from, a).toString())));
    }
  }

  @Test
  void floatsBecomeIntegersRoundedAndSaturated() {
    for (String from : List.of("f32", "f64")) {
      for (String to : INTEGERS) {
        if (!to.endsWith("8")) {
          ROUNDINGS.forEach(
              (name, mode) ->
                  compare(
                      "cvt." + name + "i." + to + "." + from,
                      to,
                      from,
                      a -> toInteger(to, from, mode, a)));
        }
      }
    }
  }

  /** PTX ISA 9.0: NaN is 0 only from f32 to less than 64 bits, else the top bit. */
  private static long toInteger(String to, String from, RoundingMode mode, long bits) {
    double value = value(from, bits);
    if (Double.isNaN(value)) {
      return from.equals("f32") && !to.endsWith("64") ? 0 : 1L << (bits(to) - 1);
    } else if (Double.isInfinite(value)) {
      return clamp(
          to, BigInteger.ONE.shiftLeft(99).multiply(BigInteger.valueOf(value > 0 ? 1 : -1)));
    }
    return clamp(to, new BigDecimal(value).setScale(0, mode).toBigInteger());
  }

  @Test
  void floatsBecomeWholeFloats() {
    for (String type : List.of("f32", "f64")) {
      ROUNDINGS.forEach(
          (name, mode) ->
              compare(
                  "cvt." + name + "i." + type + "." + type, type, type, a -> whole(type, mode, a)));
    }
  }

  private static long whole(String type, RoundingMode mode, long bits) {
    double value = value(type, bits);
    if (Double.isFinite(value)) {
      double rounded = new BigDecimal(value).setScale(0, mode).doubleValue();
      value = Math.copySign(rounded, value);
    }
    return ofValue(type, value);
  }

  @Test
  void floatsChangeTheirPrecision() {
    compare("cvt.f64.f32", "f64", "f32", a -> ofValue("f64", value("f32", a)));
    compare("cvt.rn.f32.f64", "f32", "f64", a -> ofValue("f32", value("f64", a)));
    compare("cvt.rz.f32.f64", "f32", "f64", a -> directed(RoundingMode.DOWN, a));
    compare("cvt.rm.f32.f64", "f32", "f64", a -> directed(RoundingMode.FLOOR, a));
    compare("cvt.rp.f32.f64", "f32", "f64", a -> directed(RoundingMode.CEILING, a));
    compare(
        "cvt.sat.f32.f32",
        "f32",
        "f32",
        a -> {
          double value = value("f32", a);
          return ofValue("f32", value > 0 ? Math.min(1, value) : 0);
        });
  }

  /** The bits of 64-bit numbers that fit between two floats, one after the other, are known. */
  private static long directed(RoundingMode mode, long bits) {
    double value = value("f64", bits);
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return ofValue("f32", value);
    }
    boolean up = mode == RoundingMode.CEILING || (mode == RoundingMode.DOWN && value < 0);
    // Bisection over all floats of that sign: the largest not above |value|.
    int low = 0;
    int high = Float.floatToIntBits(Float.POSITIVE_INFINITY);
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (Float.intBitsToFloat(middle) <= Math.abs(value)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    boolean exact = Float.intBitsToFloat(low) == Math.abs(value);
    boolean away = !exact && up == value > 0;
    return (away ? high : low) | (value < 0 ? 0x80000000L : 0);
  }

  @Test
  void unknownFormsAreRejected() {
    for (String name : List.of("cvt.f32.s32", "cvt.rn.s32.f32", "cvt.f32.f64", "cvt.rz.f32.s32")) {
      List<String> words = List.of(name.split("\\."));
      PtxModule.Instruction instruction =
          new PtxModule.Instruction(null, false, words, List.of(), 1);
      assertNull(Lanes.find(instruction), name);
    }
  }

  private static void compare(String instruction, String to, String from, Exact exact) {
    String operand = from.startsWith("f") ? from : from.charAt(0) + (bits(from) < 64 ? "32" : "64");
    List<long[]> rows = Operands.of(operand, SEED);
    long[] results = Snippet.run(lines(instruction, to, from), rows);
    long mask = bits(to) == 64 ? -1 : (1L << bits(to)) - 1;
    for (int i = 0; i < results.length; i++) {
      long bits = rows.get(i)[0];
      long expected = exact.of(bits);
      if (!isNan(to, expected) || !isNan(to, results[i])) {
        assertEquals(
            Long.toHexString(expected & mask),
            Long.toHexString(results[i] & mask),
            () -> instruction + " of " + Long.toHexString(bits) + ", seed " + SEED);
      }
    }
  }

  /** Values of 8 bits live in registers of 16. */
  private static String lines(String instruction, String to, String from) {
    String prepare = bits(from) > 16 ? "" : "cvt.u16.u64 %h1, %rd1; ";
    return prepare
        + instruction
        + String.format(" %s9, %s1; ", register(to), register(from)).replace("%h9", "%h2")
        + switch (bits(to)) {
          case 64 -> "";
          case 32 -> "cvt.u64.u32 %rd9, %r9;";
          default -> "cvt.u64.u16 %rd9, %h2;";
        };
  }

  private static String register(String type) {
    return bits(type) == 64 ? "%rd" : bits(type) == 32 ? "%r" : "%h";
  }

  private static int bits(String type) {
    return Integer.parseInt(type.substring(1));
  }

  private static boolean isNan(String type, long bits) {
    return type.startsWith("f") && Double.isNaN(value(type, bits));
  }

  private static double value(String type, long bits) {
    return type.equals("f32") ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  private static long ofValue(String type, double value) {
    return type.equals("f32")
        ? Float.floatToIntBits((float) value)
        : Double.doubleToLongBits(value);
  }

  /** The low bits as a number. */
  private static BigInteger integer(String type, long bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits(type));
    BigInteger number = BigInteger.valueOf(bits).mod(modulus);
    boolean negative = type.startsWith("s") && number.testBit(bits(type) - 1);
    return negative ? number.subtract(modulus) : number;
  }

  /** Whether a type has all numbers of another, so that there is nothing to saturate. */
  private static boolean contains(String type, String other) {
    int sign = type.startsWith("s") ? 1 : 0;
    int otherSign = other.startsWith("s") ? 1 : 0;
    return sign >= otherSign && bits(type) - sign >= bits(other) - otherSign;
  }

  private static long clamp(String type, BigInteger number) {
    boolean signed = type.startsWith("s");
    BigInteger span = BigInteger.ONE.shiftLeft(bits(type) - (signed ? 1 : 0));
    BigInteger least = signed ? span.negate() : BigInteger.ZERO;
    return number.max(least).min(span.subtract(BigInteger.ONE)).longValue();
  }
}
