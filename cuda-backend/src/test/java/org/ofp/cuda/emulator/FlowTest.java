// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Branches, loops and calls by which threads go different ways and meet again. */
class FlowTest {
  private static final String FUNCTIONS =
      """
      .func (.param .b64 result) clipped(.param .b64 x, .param .b32 most)
      {
        .reg .pred %p<2>;
        .reg .b32 %r<2>;
        .reg .b64 %rd<4>;
        ld.param.u64 %rd1, [x];
        ld.param.u32 %r1, [most];
        cvt.u64.u32 %rd2, %r1;
        setp.le.u64 %p1, %rd1, %rd2;
        @%p1 bra LEAVE;
        st.param.b64 [result+0], %rd2;
        ret;
      LEAVE:
        st.param.b64 [result+0], %rd1;
        ret;
      }
      .func keep(.param .b64 to, .param .b64 x)
      {
        .reg .b64 %rd<5>;
        ld.param.u64 %rd1, [to];
        ld.param.u64 %rd2, [x];
        {
          .param .b64 a;
          st.param.b64 [a+0], %rd2;
          .param .b32 b;
          st.param.b32 [b+0], 50;
          .param .b64 c;
          call.uni (c), clipped, (a, b);
          ld.param.b64 %rd3, [c+0];
        }
        st.global.u64 [%rd1], %rd3;
        ret;
      }
      """;

  /** The result for a number. */
  private interface Expected {
    long of(long n);
  }

  @AfterAll
  static void isPtx() {
    Snippet.check();
  }

  @Test
  void loopsEndForEachThreadInItsTime() {
    // 1 + 2 + … + n, in steps that skip multiples of 3.
    compare(
        "",
        "mov.u64 %rd3, 0; HEAD: setp.ge.u64 %p1, %rd3, %rd1; @%p1 bra DONE;"
            + " add.u64 %rd3, %rd3, 1; rem.u64 %rd4, %rd3, 3; setp.eq.u64 %p2, %rd4, 0;"
            + " @%p2 bra HEAD; add.u64 %rd9, %rd9, %rd3; bra.uni HEAD; DONE:",
        n -> {
          long sum = 0;
          for (long i = 1; i <= n; i++) {
            sum += i % 3 == 0 ? 0 : i;
          }
          return sum;
        });
  }

  @Test
  void branchesByIndex() {
    compare(
        "",
        "rem.u32 %r3, %r1, 3; ts: .branchtargets A, B, C; brx.idx %r3, ts;"
            + " A: mov.u64 %rd9, 10; bra.uni END; B: mov.u64 %rd9, 11; C: add.u64 %rd9, %rd9, 12;"
            + " END:",
        n -> n % 3 == 0 ? 10 : n % 3 == 1 ? 23 : 12);
    List<long[]> rows = List.of(new long[] {2});
    String beyond = "ts: .branchtargets A, B; brx.idx %r1, ts; A: B:";
    GpuFault fault = assertThrows(GpuFault.class, () -> Snippet.run(beyond, rows));
    assertTrue(fault.getMessage().contains("branch 2 of 2"), fault.getMessage());
  }

  @Test
  void functionsAreCalled() {
    String call =
        "{ .param .b64 a; st.param.b64 [a+0], %rd1; .param .b32 b; st.param.b32 [b+0], %r3;"
            + " .param .b64 c; call.uni (c), clipped, (a, b); ld.param.b64 %rd9, [c+0]; } ";
    compare(FUNCTIONS, "mov.u32 %r3, 40; " + call, n -> Math.min(n, 40));
    // Twice, each with variables of its own, in a branch that not all threads take.
    compare(
        FUNCTIONS,
        "and.b32 %r4, %r1, 1; setp.eq.u32 %p1, %r4, 0; @%p1 bra EVEN; mov.u32 %r3, 30; "
            + call
            + "bra.uni END; EVEN: mov.u32 %r3, 20; "
            + call
            + "add.u64 %rd9, %rd9, 1000; END:",
        n -> n % 2 == 0 ? 1000 + Math.min(n, 20) : Math.min(n, 30));
    // Without result; calls another.
    compare(
        FUNCTIONS,
        "{ .param .b64 a; st.param.b64 [a+0], %in; .param .b64 b; st.param.b64 [b+0], %rd1;"
            + " call.uni keep, (a, b); } ld.global.u64 %rd9, [%in];",
        n -> Math.min(n, 50));
  }

  @Test
  void threadsThatLeaveDoNotHoldUpTheOthers() {
    compare(
        "",
        "st.global.u64 [%out], %rd1; setp.lt.u64 %p1, %rd1, 50; @%p1 exit;"
            + " add.u64 %rd9, %rd1, 5;",
        n -> n < 50 ? n : n + 5);
  }

  private static void compare(String definitions, String lines, Expected expected) {
    List<long[]> rows = LongStream.range(0, 100).mapToObj(n -> new long[] {n}).toList();
    long[] results = Snippet.run(definitions, lines, rows);
    for (int n = 0; n < results.length; n++) {
      int number = n;
      assertEquals(expected.of(n), results[n], () -> lines + " of " + number);
    }
  }
}
