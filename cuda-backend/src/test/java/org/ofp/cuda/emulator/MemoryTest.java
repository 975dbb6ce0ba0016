// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Loads and stores of all sizes in all spaces. */
class MemoryTest {
  private static final long SEED = 9;

  /** The result for operands. */
  private interface Expected {
    long of(long a, long b);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void vectorsAreLoadedInOrder() {
    compare("ld.global.v2.u64 {%rd4, %rd3}, [%in]; sub.u64 %rd9, %rd3, %rd4;", (a, b) -> b - a);
    compare(
        "ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%in]; mov.b64 %rd9, {%r4, %r1};",
        (a, b) -> (b >>> 32) | a << 32);
    compare("ld.global.v2.u32 {_, %r3}, [%in+8]; cvt.u64.u32 %rd9, %r3;", (a, b) -> b >>> 32);
    compare(
        "ld.global.v4.u16 {%h1, %h2, %h3, %h4}, [%in]; cvt.u64.u16 %rd9, %h3;",
        (a, b) -> a >>> 32 & 0xFFFF);
    compare("ld.global.nc.v2.b32 {%r1, %r2}, [%in]; cvt.u64.u32 %rd9, %r2;", (a, b) -> a >>> 32);
  }

  @Test
  void smallLoadsAreExtended() {
    compare("ld.global.s8 %r9, [%in+3]; cvt.s64.s32 %rd9, %r9;", (a, b) -> (byte) (a >> 24));
    compare("ld.global.u8 %r9, [%in+3]; cvt.s64.s32 %rd9, %r9;", (a, b) -> a >>> 24 & 0xFF);
    compare("ld.global.s16 %r9, [%in+2]; cvt.s64.s32 %rd9, %r9;", (a, b) -> (short) (a >> 16));
    compare("ld.global.u16 %rd9, [%in+2];", (a, b) -> a >>> 16 & 0xFFFF);
    compare("ld.global.s32 %rd9, [%in+4];", (a, b) -> (int) (a >> 32));
    compare("ld.global.s8 %h1, [%in]; cvt.s64.s16 %rd9, %h1;", (a, b) -> (byte) a);
  }

  @Test
  void everyThreadHasLocalMemoryOfItsOwn() {
    String local = "{ .local .align 16 .b8 part[32]; .reg .b64 %l; mov.u64 %l, part; ";
    compare(
        local
            + "st.local.u64 [%l], %rd1; st.local.u64 [%l+8], %rd2; bar.sync 0;"
            + " and.b64 %rd3, %rd1, 8; add.u64 %l, %l, %rd3; ld.local.u64 %rd9, [%l]; }",
        (a, b) -> (a & 8) == 0 ? a : b);
    compare(
        local
            + "st.local.v4.u32 [%l+16], {%r2, %r1, %r2, %r1}; st.local.u8 [%l+16], %r1;"
            + " st.local.u16 [%l+22], %r2; ld.local.u64 %rd9, [%l+16]; }",
        (a, b) -> (b & 0xFFFFFF00L) | (a & 0xFF) | (a & 0xFFFF) << 32 | (b & 0xFFFF) << 48);
    // By generic address.
    compare(
        local + "cvta.local.u64 %l, %l; st.v2.u64 [%l], {%rd2, %rd1}; ld.u64 %rd9, [%l+8]; }",
        (a, b) -> a);
  }

  @Test
  void variablesHaveTheirInitialValues() {
    String variables =
        """
        .const .align 4 .b32 words[4] = {1, -2, 0x30, 4};
        .global .align 8 .f64 reals[2] = {0d3FF8000000000000, 0d4000000000000000};
        .global .align 8 .b8 bytes[8] = {1, 2, 3, 255};
        .global .f32 one = 0f3F800000;
        """;
    String at = "and.b64 %rd3, %rd1, 3; ";
    compare(
        variables,
        at
            + "mul.lo.u64 %rd3, %rd3, 4; mov.u64 %rd4, words; add.u64 %rd4, %rd4, %rd3;"
            + " ld.const.s32 %rd9, [%rd4];",
        (a, b) -> new int[] {1, -2, 0x30, 4}[(int) a & 3]);
    compare(
        variables,
        "ld.const.u32 %r9, [words+8]; cvt.u64.u32 %rd9, %r9; ld.global.f64 %rd3, [reals+8];"
            + " add.u64 %rd9, %rd9, %rd3;",
        (a, b) -> 0x30 + Double.doubleToLongBits(2));
    compare(variables, "ld.global.u64 %rd9, [bytes];", (a, b) -> 0xFF030201L);
    compare(variables, "ld.global.f32 %r9, [one]; cvt.u64.u32 %rd9, %r9;", (a, b) -> 0x3F800000);
  }

  @Test
  void threadsOfABlockShareMemory() {
    String lines =
        "{ .shared .align 8 .b64 cell[64]; .reg .b64 %s; mov.u64 %s, cell;"
            + " mul.wide.u32 %rd3, %r12, 8; add.u64 %rd3, %s, %rd3; st.shared.u64 [%rd3], %rd1;"
            + " bar.sync 0; xor.b32 %r5, %r12, 21; mul.wide.u32 %rd4, %r5, 8;"
            + " add.u64 %rd4, %s, %rd4; ld.shared.u64 %rd9, [%rd4]; }";
    List<long[]> rows = Operands.of("u64", SEED).subList(0, 640);
    long[] results = Snippet.run(lines, rows);
    for (int i = 0; i < results.length; i++) {
      assertEquals(rows.get(i ^ 21)[0], results[i], "thread " + i);
    }
  }

  @Test
  void wrongUseOfLocalMemoryIsFound() {
    String local = "{ .local .align 8 .b8 part[16]; .reg .b64 %l; mov.u64 %l, part; ";
    assertTrue(fault(local + "ld.local.u64 %rd9, [%l]; }").contains("never written"));
    assertTrue(fault(local + "st.local.u64 [%l+16], %rd1; }").contains("of 16 bytes"));
    assertTrue(fault(local + "st.local.u64 [%l+4], %rd1; }").contains("misaligned"));
    assertTrue(fault("ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%in+8];").contains("misaligned"));
  }

  private static String fault(String lines) {
    List<long[]> rows = List.of(new long[3]);
    return assertThrows(GpuFault.class, () -> Snippet.run(lines, rows)).getMessage();
  }

  private static void compare(String lines, Expected expected) {
    compare("", lines, expected);
  }

  private static void compare(String definitions, String lines, Expected expected) {
    List<long[]> rows = Operands.of("u64", SEED);
    long[] results = Snippet.run(definitions, lines, rows.subList(0, 640));
    for (int i = 0; i < results.length; i++) {
      long a = rows.get(i)[0];
      long b = rows.get(i)[1];
      assertEquals(
          Long.toHexString(expected.of(a, b)),
          Long.toHexString(results[i]),
          () -> String.format("%s of %x and %x, seed %d", lines, a, b, SEED));
    }
  }
}
