// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Shifts over two words, bit fields, permutations and logic, bit by bit. */
class BitFieldsTest {
  private static final long SEED = 5;
  private static final long WORD = 0xFFFFFFFFL;

  /** Whether a bit of the result is set. */
  private interface Bit {
    boolean of(long[] row, int bit);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void funnelShiftsTakeAWordOutOfTwo() {
    compare(
        "shf.l.wrap.b32 %r9, %r1, %r2, %r3;", 32, (r, i) -> pair(r, 32 + i - (int) (r[2] & 31)));
    compare("shf.r.wrap.b32 %r9, %r1, %r2, %r3;", 32, (r, i) -> pair(r, i + (int) (r[2] & 31)));
    compare("shf.l.clamp.b32 %r9, %r1, %r2, %r3;", 32, (r, i) -> pair(r, 32 + i - clamp(r[2])));
    compare("shf.r.clamp.b32 %r9, %r1, %r2, %r3;", 32, (r, i) -> pair(r, i + clamp(r[2])));
  }

  /** A bit of the second word and, below it, the first. */
  private static boolean pair(long[] row, int bit) {
    return bit < 32 ? bit(row[0], bit) : bit(row[1], bit - 32);
  }

  private static int clamp(long amount) {
    return (int) Math.min(amount & WORD, 32);
  }

  @Test
  void fieldsAreTakenOutAndPutIn() {
    for (int width : List.of(32, 64)) {
      String a = width == 32 ? "%r1" : "%rd1";
      String b = width == 32 ? "%r2" : "%rd2";
      String to = width == 32 ? "%r9" : "%rd9";
      for (String sign : List.of("u", "s")) {
        compare(
            "bfe." + sign + width + " " + to + ", " + a + ", %r3, %r4;",
            width,
            (r, i) -> extracted(r, i, width, sign.equals("s")));
      }
      compare(
          "bfi.b" + width + " " + to + ", " + a + ", " + b + ", %r3, %r4;",
          width,
          (r, i) -> {
            int start = (int) r[2] & 255;
            boolean inside = i >= start && i < start + (r[3] & 255);
            return inside ? bit(r[0], i - start) : bit(r[1], i);
          });
    }
  }

  private static boolean extracted(long[] row, int bit, int width, boolean signed) {
    int start = (int) row[2] & 255;
    int length = (int) row[3] & 255;
    if (bit < length && start + bit < width) {
      return bit(row[0], start + bit);
    }
    return signed && length > 0 && bit(row[0], Math.min(start + length, width) - 1);
  }

  @Test
  void bytesArePermuted() {
    compare(
        "prmt.b32 %r9, %r1, %r2, %r3;",
        32,
        (r, i) -> {
          int choice = (int) (r[2] >>> (4 * (i / 8))) & 15;
          return pair(r, 8 * (choice & 7) + (choice < 8 ? i % 8 : 7));
        });
  }

  @Test
  void anyLogicOfThreeWords() {
    for (int table : new int[] {0, 0x80, 0xFE, 0x96, 0xE8, 0xCA, 0x1D, 0x55, 0xFF}) {
      compare(
          "lop3.b32 %r9, %r1, %r2, %r3, " + table + ";",
          32,
          (r, i) -> {
            int entry = (bit(r[0], i) ? 4 : 0) + (bit(r[1], i) ? 2 : 0) + (bit(r[2], i) ? 1 : 0);
            return bit(table, entry);
          });
    }
  }

  @Test
  void pairsArePackedAndUnpacked() {
    compare("mov.b64 %rd9, {%r1, %r2};", 64, BitFieldsTest::pair);
    compare("mov.b64 {%r1, %r2}, %rd3; mov.b64 %rd9, {%r2, %r1};", 64, (r, i) -> bit(r[2], i ^ 32));
    // The source is one of the destinations.
    compare("mov.b32 {%h1, %h2}, %r1; mov.b32 %r9, {%h2, %h1};", 32, (r, i) -> bit(r[0], i ^ 16));
    compare("mov.b64 {%r9, %r1}, %rd2;", 32, (r, i) -> bit(r[1], i));
  }

  @Test
  void wordsOf16BitsKeepToThemselves() {
    String load = "cvt.u16.u64 %h1, %rd1; cvt.u16.u64 %h2, %rd2; ";
    String store = " %h3, %h1, %h2; cvt.u64.u16 %rd9, %h3;";
    for (String name : List.of("add.s16", "sub.s16", "mul.lo.s16", "and.b16", "or.b16")) {
      compare(
          load + name + store,
          16,
          (r, i) ->
              bit(
                  switch (name) {
                    case "add.s16" -> r[0] + r[1];
                    case "sub.s16" -> r[0] - r[1];
                    case "mul.lo.s16" -> r[0] * r[1];
                    case "and.b16" -> r[0] & r[1];
                    default -> r[0] | r[1];
                  },
                  i));
    }
    compare(
        load + "shr.s16 %h3, %h1, 3; cvt.u64.u16 %rd9, %h3;",
        16,
        (r, i) -> bit(r[0], Math.min(i + 3, 15)));
    compare(
        load + "shr.u16 %h3, %h1, 3; cvt.u64.u16 %rd9, %h3;",
        16,
        (r, i) -> i < 13 && bit(r[0], i + 3));
    compare(
        load + "shl.b16 %h3, %h1, 3; cvt.u64.u16 %rd9, %h3;",
        16,
        (r, i) -> i > 2 && bit(r[0], i - 3));
    compare("mul.wide.s32 %rd9, %r1, %r2;", 64, (r, i) -> bit((long) (int) r[0] * (int) r[1], i));
    compare("mul.wide.u32 %rd9, %r1, %r2;", 64, (r, i) -> bit((r[0] & WORD) * (r[1] & WORD), i));
    compare(
        "mad.wide.s32 %rd9, %r1, %r2, %rd3;",
        64, (r, i) -> bit((long) (int) r[0] * (int) r[1] + r[2], i));
  }

  private static boolean bit(long bits, int at) {
    return (bits >>> at & 1) != 0;
  }

  /** Results of 16 bits have zeros above. */
  private static void compare(String lines, int width, Bit expected) {
    Random random = new Random(SEED);
    List<long[]> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      long start = i % 3 == 0 ? random.nextLong() : random.nextInt(70);
      long length = i % 5 == 0 ? random.nextLong() : random.nextInt(70);
      rows.add(new long[] {random.nextLong(), random.nextLong(), start, length});
    }
    String widen = width == 32 ? " cvt.u64.u32 %rd9, %r9;" : "";
    long[] results = Snippet.run(lines + widen, rows);
    for (int i = 0; i < results.length; i++) {
      long[] row = rows.get(i);
      long bits = 0;
      for (int k = 0; k < width; k++) {
        bits |= expected.of(row, k) ? 1L << k : 0;
      }
      int number = i;
      assertEquals(
          Long.toHexString(bits),
          Long.toHexString(results[i]),
          () -> lines + ", row " + number + ", seed " + SEED);
    }
  }
}
