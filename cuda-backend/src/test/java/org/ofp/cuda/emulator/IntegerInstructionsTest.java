// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Integer instructions against unbounded integers. */
class IntegerInstructionsTest {
  private static final long SEED = 20261123;

  /** What an instruction does to exact numbers. */
  private interface Exact {
    BigInteger of(BigInteger a, BigInteger b, BigInteger c);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void arithmeticAgreesWithUnboundedIntegers() {
    for (String type : List.of("u32", "s32", "u64", "s64")) {
      check("add." + type, type, 2, (a, b, c) -> a.add(b));
      check("sub." + type, type, 2, (a, b, c) -> a.subtract(b));
      check("mul.lo." + type, type, 2, (a, b, c) -> a.multiply(b));
      check("mul.hi." + type, type, 2, (a, b, c) -> a.multiply(b).shiftRight(bits(type)));
      check("mad.lo." + type, type, 3, (a, b, c) -> a.multiply(b).add(c));
      check("mad.hi." + type, type, 3, (a, b, c) -> a.multiply(b).shiftRight(bits(type)).add(c));
      check("min." + type, type, 2, (a, b, c) -> a.min(b));
      check("max." + type, type, 2, (a, b, c) -> a.max(b));
      check("div." + type, type, 2, (a, b, c) -> b.signum() == 0 ? null : a.divide(b));
      check("rem." + type, type, 2, (a, b, c) -> b.signum() == 0 ? null : a.remainder(b));
    }
    for (String type : List.of("s32", "s64")) {
      check("neg." + type, type, 1, (a, b, c) -> a.negate());
      check("abs." + type, type, 1, (a, b, c) -> a.abs());
    }
  }

  @Test
  void shiftsClampTheirAmount() {
    for (String type : List.of("u32", "s32", "u64", "s64")) {
      checkShift("shr." + type, type, (a, n, c) -> a.shiftRight(Math.min(n.intValue(), 99)));
    }
    checkShift("shl.b32", "u32", (a, n, c) -> a.shiftLeft(Math.min(n.intValue(), 99)));
    checkShift("shl.b64", "u64", (a, n, c) -> a.shiftLeft(Math.min(n.intValue(), 99)));
  }

  @Test
  void fieldsAndCountsAgreeWithStringsOfBits() {
    for (String type : List.of("b32", "b64")) {
      int n = bits(type);
      check("popc." + type, type, "u32", 1, (a, b, c) -> BigInteger.valueOf(a.bitCount()));
      check("clz." + type, type, "u32", 1, (a, b, c) -> BigInteger.valueOf(n - a.bitLength()));
      check(
          "brev." + type,
          type,
          1,
          (a, b, c) -> {
            String text = "0".repeat(n - a.bitLength()) + (a.signum() == 0 ? "" : a.toString(2));
            return new BigInteger(new StringBuilder(text).reverse().toString(), 2);
          });
      check("and." + type, type, 2, (a, b, c) -> a.and(b));
      check("or." + type, type, 2, (a, b, c) -> a.or(b));
      check("xor." + type, type, 2, (a, b, c) -> a.xor(b));
      check("not." + type, type, 1, (a, b, c) -> a.not());
    }
  }

  private static int bits(String type) {
    return Integer.parseInt(type.substring(1));
  }

  private static void check(String instruction, String type, int operands, Exact exact) {
    check(instruction, type, type, operands, exact);
  }

  private static void checkShift(String instruction, String type, Exact exact) {
    List<long[]> rows = Operands.of(type, SEED);
    rows.forEach(row -> row[1] = Math.floorMod(row[1], 100));
    String lines =
        bits(type) == 64
            ? instruction + " %rd9, %rd1, %r2;"
            : instruction + " %r9, %r1, %r2; cvt.u64.u32 %rd9, %r9;";
    compare(instruction, lines, type, type, rows, exact);
  }

  private static void check(
      String instruction, String type, String result, int operands, Exact exact) {
    String prefix = bits(type) == 64 ? "%rd" : "%r";
    StringBuilder sources = new StringBuilder();
    for (int k = 1; k <= operands; k++) {
      sources.append(", ").append(prefix).append(k);
    }
    String lines =
        bits(result) == 64
            ? instruction + " %rd9" + sources + ";"
            : instruction + " %r9" + sources + "; cvt.u64.u32 %rd9, %r9;";
    List<long[]> rows = new ArrayList<>(Operands.of(type, SEED));
    rows.removeIf(
        row -> exact.of(number(type, row[0]), number(type, row[1]), number(type, row[2])) == null);
    compare(instruction, lines, type, result, rows, exact);
  }

  private static void compare(
      String instruction,
      String lines,
      String type,
      String result,
      List<long[]> rows,
      Exact exact) {
    long[] results = Snippet.run(lines, rows);
    for (int i = 0; i < results.length; i++) {
      long[] row = rows.get(i);
      BigInteger expected =
          exact.of(number(type, row[0]), number(type, row[1]), number(type, row[2]));
      long mask = bits(result) == 64 ? -1 : 0xFFFFFFFFL;
      assertEquals(
          expected.longValue() & mask,
          results[i],
          () -> instruction + " of " + Arrays.toString(row) + ", seed " + SEED);
    }
  }

  private static BigInteger number(String type, long bits) {
    if (type.startsWith("s")) {
      return BigInteger.valueOf(type.equals("s32") ? (int) bits : bits);
    }
    long mask = bits(type) == 64 ? -1 : 0xFFFFFFFFL;
    return new BigInteger(Long.toUnsignedString(bits & mask));
  }
}
