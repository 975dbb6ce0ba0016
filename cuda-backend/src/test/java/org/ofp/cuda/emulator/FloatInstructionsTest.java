// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Float instructions: on numbers against exact decimals that are rounded once, on the special
 * values against the rules of IEEE 754 and of the PTX manual.
 */
class FloatInstructionsTest {
  private static final long SEED = 7;

  /**
   * 34 digits: a quotient or root of 53-bit numbers lies no nearer than 2⁻¹⁰⁸ ≈ 3e-33 to where
   * rounding changes, relatively, so that it rounds as the exact one.
   */
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  /** An exact result; null: not to be compared. */
  private interface Exact {
    BigDecimal of(BigDecimal a, BigDecimal b, BigDecimal c);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void arithmeticIsTheExactResultRoundedOnce() {
    for (String type : List.of("f32", "f64")) {
      check("add.rn." + type, type, 2, (a, b, c) -> a.add(b));
      check("sub.rn." + type, type, 2, (a, b, c) -> a.subtract(b));
      check("mul.rn." + type, type, 2, (a, b, c) -> a.multiply(b));
      check("fma.rn." + type, type, 3, (a, b, c) -> a.multiply(b).add(c));
      check("div.rn." + type, type, 2, (a, b, c) -> b.signum() == 0 ? null : a.divide(b, DIGITS));
      check("sqrt.rn." + type, type, 1, (a, b, c) -> a.signum() < 0 ? null : a.sqrt(DIGITS));
      check("min." + type, type, 2, (a, b, c) -> a.min(b));
      check("max." + type, type, 2, (a, b, c) -> a.max(b));
    }
    check("add.f32", "f32", 2, (a, b, c) -> a.add(b));
  }

  @Test
  void specialValuesFollowTheManual() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    int canonical = 0x7FFFFFFF;
    is(canonical, "add.rn.f32 %r9, %r1, %r2;", inf, -inf);
    is(canonical, "mul.rn.f32 %r9, %r1, %r2;", 0, inf);
    is(canonical, "sqrt.rn.f32 %r9, %r1;", -1);
    is(0x80000000, "sqrt.rn.f32 %r9, %r1;", -0f);
    is(0xFF800000, "div.rn.f32 %r9, %r1, %r2;", 1, -0f);
    is(0xFF800000, "rcp.rn.f32 %r9, %r1;", -0f);
    is(canonical, "min.f32 %r9, %r1, %r2;", nan, nan);
    is(Float.floatToIntBits(1), "min.f32 %r9, %r1, %r2;", nan, 1);
    is(Float.floatToIntBits(1), "max.f32 %r9, %r1, %r2;", 1, nan);
    is(0x80000000, "min.f32 %r9, %r1, %r2;", 0f, -0f);
    is(0, "max.f32 %r9, %r1, %r2;", -0f, 0f);
    is(0, "add.rn.f32 %r9, %r1, %r2;", 0f, -0f);
    is(0x80000000, "mul.rn.f32 %r9, %r1, %r2;", 0f, -1f);
    is(1, "mul.rn.f32 %r9, %r1, %r2;", Float.MIN_NORMAL, 0x1p-23f);
    is(0x80000000, "neg.f32 %r9, %r1;", 0f);
    is(0, "abs.f32 %r9, %r1;", -0f);
    is(Float.floatToIntBits(-2), "copysign.f32 %r9, %r1, %r2;", -0f, 2);
    is(0, "add.sat.f32 %r9, %r1, %r2;", nan, 1);
    is(Float.floatToIntBits(1), "add.sat.f32 %r9, %r1, %r2;", inf, 1);
    // Of exponent −1.5 units: one rounding of the fused sum, two of product and sum.
    is(
        Float.floatToIntBits(0x1p-46f),
        "fma.rn.f32 %r9, %r1, %r2, %r3;",
        1 + 0x1p-23f,
        1 + 0x1p-23f,
        -(1 + 0x1p-22f));
  }

  @Test
  void comparisonsWithNaNAreOrderedOrNot() {
    float nan = Float.NaN;
    for (String name : List.of("eq", "ne", "lt", "le", "gt", "ge")) {
      is(0, compare(name), nan, 1);
      is(1, compare(name + "u"), nan, 1);
    }
    is(1, compare("nan"), 1, nan);
    is(0, compare("num"), 1, nan);
    is(1, compare("eq"), 0f, -0f);
    for (float[] pair : new float[][] {{1, 2}, {2, 1}, {1, 1}}) {
      int order = Float.compare(pair[0], pair[1]);
      for (String unordered : List.of("", "u")) {
        is(order == 0 ? 1 : 0, compare("eq" + unordered), pair);
        is(order != 0 ? 1 : 0, compare("ne" + unordered), pair);
        is(order < 0 ? 1 : 0, compare("lt" + unordered), pair);
        is(order <= 0 ? 1 : 0, compare("le" + unordered), pair);
        is(order > 0 ? 1 : 0, compare("gt" + unordered), pair);
        is(order >= 0 ? 1 : 0, compare("ge" + unordered), pair);
      }
    }
  }

  private static String compare(String name) {
    return "setp." + name + ".f32 %p1, %r1, %r2; selp.u32 %r9, 1, 0, %p1;";
  }

  /** The bits that lines give for operands of single precision. */
  private static void is(int expected, String lines, float... operands) {
    long[] row = new long[operands.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.floatToRawIntBits(operands[i]);
    }
    long result = Snippet.run(lines + " cvt.u64.u32 %rd9, %r9;", List.of(row))[0];
    assertEquals(
        Integer.toHexString(expected),
        Integer.toHexString((int) result),
        () -> lines + " of " + Arrays.toString(operands));
  }

  private static void check(String instruction, String type, int operands, Exact exact) {
    boolean single = type.equals("f32");
    String prefix = single ? "%r" : "%rd";
    StringBuilder lines = new StringBuilder(instruction + " " + prefix + "9");
    for (int k = 1; k <= operands; k++) {
      lines.append(", ").append(prefix).append(k);
    }
    lines.append(single ? "; cvt.u64.u32 %rd9, %r9;" : ";");
    List<long[]> rows = Operands.of(type, SEED);
    long[] results = Snippet.run(lines.toString(), rows);
    int compared = 0;
    for (int i = 0; i < results.length; i++) {
      BigDecimal[] numbers = numbers(single, operands, rows.get(i));
      BigDecimal result = numbers == null ? null : exact.of(numbers[0], numbers[1], numbers[2]);
      if (result != null) {
        compared++;
        double expected =
            single ? Float.parseFloat(result.toString()) : Double.parseDouble(result.toString());
        // + 0.0: decimals have no −0.
        assertEquals(
            expected + 0.0,
            value(single, results[i]) + 0.0,
            () -> instruction + " of " + Arrays.toString(numbers) + ", seed " + SEED);
      }
    }
    assertEquals(true, compared > 500, instruction + ": only " + compared + " compared");
  }

  private static double value(boolean single, long bits) {
    return single ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }

  /** Null if one is not a number. */
  private static BigDecimal[] numbers(boolean single, int count, long... row) {
    BigDecimal[] numbers = new BigDecimal[3];
    for (int i = 0; i < count; i++) {
      double value = value(single, row[i]);
      if (!Double.isFinite(value)) {
        return null;
      }
      numbers[i] = new BigDecimal(value);
    }
    return numbers;
  }
}
