// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Exchange of values between the threads of a warp; two warps, thread i has the number 3i. */
class WarpTest {
  private static final String ALL = ", 0xFFFFFFFF;";

  /** The result of a thread. */
  private interface Expected {
    long of(int thread);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void valuesAreShuffled() {
    // c: the last lane to take from, or 0 for `up`; segments of 8 lanes: 24 in its upper bits.
    shuffle("up", 3, 0, 32);
    shuffle("up", 3, 24 << 8, 8);
    shuffle("down", 5, 31, 32);
    shuffle("down", 5, 24 << 8 | 31, 8);
    shuffle("bfly", 9, 31, 32);
    shuffle("bfly", 9, 24 << 8 | 31, 8);
    shuffle("idx", 6, 31, 32);
    shuffle("idx", 6, 24 << 8 | 31, 8);
  }

  private static void shuffle(String mode, int by, int c, int segment) {
    String lines =
        "shfl.sync."
            + mode
            + ".b32 %r9|%p1, %r1, "
            + by
            + ", "
            + c
            + ALL
            + " cvt.u64.u32 %rd9, %r9; @!%p1 add.u64 %rd9, %rd9, 1000;";
    compare(
        lines,
        thread -> {
          int start = thread / segment * segment;
          int from =
              switch (mode) {
                case "up" -> thread - by;
                case "down" -> thread + by;
                case "bfly" -> thread ^ by;
                default -> start + by;
              };
          // The butterfly may take from segments before: only the end is a limit.
          boolean low = mode.equals("bfly") || from >= start;
          boolean within = low && from < start + segment;
          return within ? 3L * from : 3L * thread + 1000;
        });
  }

  @Test
  void threadsVote() {
    String less = "setp.lt.u32 %p1, %r1, 120; ";
    String select = " selp.u64 %rd9, 1, 0, %p2;";
    // Threads 0 to 39: all of the first warp, the first 8 of the second.
    compare(less + "vote.sync.all.pred %p2, %p1" + ALL + select, t -> t < 32 ? 1 : 0);
    compare(less + "vote.sync.any.pred %p2, %p1" + ALL + select, t -> 1);
    compare(less + "vote.sync.any.pred %p2, !%p1" + ALL + select, t -> t < 32 ? 0 : 1);
    compare(less + "vote.sync.uni.pred %p2, %p1" + ALL + select, t -> t < 32 ? 1 : 0);
    compare(
        less + "vote.sync.ballot.b32 %r9, %p1" + ALL + " cvt.u64.u32 %rd9, %r9;",
        t -> t < 32 ? 0xFFFFFFFFL : 0xFF);
  }

  @Test
  void branchesExchangeAmongThemselves() {
    String odd = "and.b32 %r3, %r12, 1; setp.eq.u32 %p1, %r3, 1; @%p1 bra ODD; ";
    compare(
        odd
            + "activemask.b32 %r9; bra.uni END; ODD: activemask.b32 %r9; END: cvt.u64.u32 %rd9, %r9;",
        t -> t % 2 == 0 ? 0x55555555L : 0xAAAAAAAAL);
    compare(
        odd
            + "shfl.sync.bfly.b32 %r9, %r1, 2, 31, 0x55555555; ODD: bar.warp.sync 0xFFFFFFFF;"
            + " cvt.u64.u32 %rd9, %r9;",
        t -> t % 2 == 0 ? 3 * (t ^ 2) : 0);
  }

  @Test
  void wrongMasksAreFound() {
    String odd = "and.b32 %r3, %r12, 1; setp.eq.u32 %p1, %r3, 1; @%p1 bra ODD; ";
    says("is not here, as the mask says", odd + "bar.warp.sync 0xFFFFFFFF; ODD:");
    says("is not in the mask itself", "bar.warp.sync 0xFFFFFFFE;");
    says("lane 1, which is not here", odd + "shfl.sync.bfly.b32 %r9, %r1, 1, 31, 0x55555555; ODD:");
  }

  private static void says(String part, String lines) {
    GpuFault fault = assertThrows(GpuFault.class, () -> Snippet.run(lines, rows()));
    assertTrue(fault.getMessage().contains(part), fault.getMessage());
  }

  private static List<long[]> rows() {
    return LongStream.range(0, 64).mapToObj(i -> new long[] {3 * i}).toList();
  }

  private static void compare(String lines, Expected expected) {
    long[] results = Snippet.run(lines, rows());
    for (int i = 0; i < results.length; i++) {
      int thread = i;
      assertEquals(expected.of(i), results[i], () -> lines + " in thread " + thread);
    }
  }
}
