// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/** Atomic updates of one place by all threads of many blocks. */
class AtomicsTest {
  private static final int BLOCKS = 40;
  private static final int THREADS = BLOCKS * 64;

  /** Runs lines: {@code %rd1} the place, at first 100, {@code %r13} the thread's number. */
  private static long after(String lines) {
    String ptx = text(lines);
    EmulatedGpu gpu = new EmulatedGpu().load("m", ptx);
    try (GpuStream stream = gpu.openStream();
        GpuMemory memory = gpu.allocate("place", 8);
        HostMemory host = gpu.allocateHost("staging", 8)) {
      host.bytes().order(ByteOrder.LITTLE_ENDIAN).putLong(0, 100);
      stream.upload(host, 0, memory.address(), 8);
      stream.launch(gpu.function("m", "k"), BLOCKS, 64, memory.address());
      stream.download(memory.address(), host, 0, 8);
      stream.synchronize();
      return host.bytes().order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }
  }

  private static String text(String lines) {
    return Snippet.HEADER
        + """
        .visible .entry k(.param .u64 k0)
        {
          .reg .pred %p<3>;
          .reg .b32 %r<20>;
          .reg .b64 %rd<10>;
          .shared .align 8 .b64 cell;
          ld.param.u64 %rd1, [k0];
          mov.u32 %r12, %tid.x;
          mov.u32 %r10, %ctaid.x;
          mad.lo.s32 %r13, %r10, 64, %r12;
          cvt.u64.u32 %rd2, %r13;
        """
        + lines
        + "\n  ret;\n}\n";
  }

  private static boolean inOrder(String lines) {
    String ptx = text(lines);
    PtxCompiler.check(ptx);
    Kernel kernel = (Kernel) new EmulatedGpu().load("m", ptx).function("m", "k");
    return kernel.code.ordered();
  }

  @Test
  void updatesThatCommuteRunInParallelAndNoneIsLost() {
    String[] updates = {
      "red.global.add.u32 [%rd1], %r13;",
      "atom.global.add.u32 %r9, [%rd1], %r13;",
      "atom.global.add.u64 %rd9, [%rd1], %rd2;",
      "atom.global.max.s32 %r9, [%rd1], %r13;",
      "neg.s32 %r5, %r13; atom.global.min.s32 %r9, [%rd1], %r5;",
      "not.b32 %r5, %r13; atom.global.max.u32 %r9, [%rd1], %r5;",
      "red.global.min.u64 [%rd1], %rd2;",
      "red.global.or.b32 [%rd1], %r13;",
      "red.global.xor.b32 [%rd1], %r13;",
      "red.global.and.b32 [%rd1], %r13;",
    };
    long sum = 100 + (long) THREADS * (THREADS - 1) / 2;
    long[] expected = {
      sum,
      sum,
      sum,
      THREADS - 1,
      -(THREADS - 1) & 0xFFFFFFFFL,
      0xFFFFFFFFL,
      0,
      IntStream.range(0, THREADS).reduce(100, (a, b) -> a | b),
      IntStream.range(0, THREADS).reduce(100, (a, b) -> a ^ b),
      0
    };
    for (int i = 0; i < updates.length; i++) {
      assertFalse(inOrder(updates[i]), updates[i]);
      assertEquals(expected[i], after(updates[i]), updates[i]);
    }
  }

  @Test
  void updatesWhoseOrderShowsRunInOrder() {
    String exchange = "atom.global.exch.b32 %r9, [%rd1], %r13;";
    assertTrue(inOrder(exchange));
    assertEquals(THREADS - 1, after(exchange));
    // Each thread puts its number only in place of that of the thread before.
    String chain =
        "add.u32 %r5, %r13, 100; add.u32 %r6, %r13, 101;"
            + " atom.global.cas.b32 %r9, [%rd1], %r5, %r6;";
    assertTrue(inOrder(chain));
    assertEquals(100 + THREADS, after(chain));
    // The old value is used: the last thread sees what all others added.
    String used =
        "atom.global.add.u64 %rd3, [%rd1], 1; setp.eq.u32 %p1, %r13, "
            + (THREADS - 1)
            + "; @%p1 st.global.u64 [%rd1], %rd3;";
    assertTrue(inOrder(used));
    assertEquals(100 + THREADS - 1, after(used));
    // Sums of floats depend on it: 100 as bits is a tiny number, lost in the first sum.
    String floats = "cvt.rn.f32.u32 %r5, %r13; red.global.add.f32 [%rd1], %r5;";
    assertTrue(inOrder(floats));
    float expected = 0;
    for (int i = 0; i < THREADS; i++) {
      expected += i;
    }
    assertEquals(expected, Float.intBitsToFloat((int) after(floats)));
  }

  @Test
  void sharedMemoryIsUpdatedPerBlock() {
    String lines =
        "mov.u64 %rd4, cell; setp.ne.u32 %p1, %r12, 0; @%p1 bra UPDATE; st.shared.u64 [%rd4], 0;"
            + " UPDATE: bar.sync 0; atom.shared.add.u64 %rd5, [%rd4], %rd2; bar.sync 0; @%p1 ret;"
            + " ld.shared.u64 %rd6, [%rd4]; red.global.max.u64 [%rd1], %rd6;";
    assertFalse(inOrder(lines));
    assertEquals(LongStream.range(THREADS - 64, THREADS).sum(), after(lines));
  }
}
