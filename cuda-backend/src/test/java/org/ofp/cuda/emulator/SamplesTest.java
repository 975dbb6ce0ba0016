// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/** Kernels as clang compiles them, samples.cu, against the same in Java. */
class SamplesTest {
  private static final long SEED = 17;
  private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, -19};

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = SamplesTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static String ptx() throws IOException {
    return new String(resource("samples.ptx"), StandardCharsets.UTF_8);
  }

  @Test
  void theyAreMadeOfTheSourceBesideThem() throws IOException, GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(resource("samples.cu"));
    assertEquals("// " + HexFormat.of().formatHex(hash), ptx().lines().findFirst().orElse(""));
    PtxCompiler.check(ptx());
  }

  /** The source is careful not to shift, divide or overflow where C++ leaves it open. */
  private static long chosen(int kind, long x, int y) {
    return switch (kind & 7) {
      case 0 -> x + y;
      case 1 -> x * 3 - y;
      case 2 -> x ^ (long) y << 7;
      case 3 -> y == 0 ? -1 : x / y;
      case 4 -> Long.reverse(x) >>> 3;
      case 5 -> Long.bitCount(x) + Integer.numberOfLeadingZeros(y | 1);
      case 6 -> (short) x * (y & 0xFF);
      default -> y == 0 ? -2 : x % y;
    };
  }

  private static long mixed(long start) {
    long x = start;
    int[] last = new int[8];
    for (int round = 0; round < 20; round++) {
      int y = (int) (x >> 11) * PRIMES[round & 7] + last[(int) (x >> 3) & 7];
      last[(int) x & 7] = y;
      x = chosen((int) (x >> 5) + round, x, y) + 0x9E3779B97F4A7C15L;
    }
    return x;
  }

  @Test
  void callsSwitchesTablesAndLocalArrays() throws IOException {
    int n = 1000;
    EmulatedGpu gpu = new EmulatedGpu().load("samples", ptx());
    try (GpuStream stream = gpu.openStream();
        GpuMemory in = gpu.allocate("in", 8L * n);
        GpuMemory out = gpu.allocate("out", 8L * n);
        HostMemory host = gpu.allocateHost("staging", 8L * n)) {
      Random random = new Random(SEED);
      long[] expected = new long[n];
      ByteBuffer bytes = host.bytes().order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        long x = random.nextLong();
        bytes.putLong(8 * i, x);
        expected[i] = mixed(x);
      }
      stream.upload(host, 0, in.address(), 8L * n);
      stream.launch(gpu.function("samples", "mix"), 8, 128, in.address(), out.address(), n);
      stream.download(out.address(), host, 0, 8L * n);
      stream.synchronize();
      long[] results = new long[n];
      bytes.asLongBuffer().get(results);
      assertArrayEquals(expected, results, "seed " + SEED);
    }
  }

  @Test
  void sumsByShufflesAndCountersByAtomics() throws IOException {
    int blocks = 12;
    int n = 256 * blocks;
    EmulatedGpu gpu = new EmulatedGpu().load("samples", ptx());
    try (GpuStream stream = gpu.openStream();
        GpuMemory in = gpu.allocate("in", 4L * n);
        GpuMemory out = gpu.allocate("out", 4L * blocks);
        GpuMemory counters = gpu.allocate("counters", 8);
        HostMemory host = gpu.allocateHost("staging", 4L * n)) {
      Random random = new Random(SEED);
      int[] expected = new int[blocks];
      int negative = 0;
      int largest = 0;
      ByteBuffer bytes = host.bytes().order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        // Whole numbers whose sums are exact in whatever order.
        int x = random.nextInt(2001) - 1000;
        bytes.putFloat(4 * i, x);
        expected[i / 256] += x;
        negative += x < 0 ? 1 : 0;
        largest = Math.max(largest, x);
      }
      stream.upload(host, 0, in.address(), 4L * n);
      stream.clear(counters.address(), 8);
      stream.launch(
          gpu.function("samples", "totals"),
          blocks,
          256,
          in.address(),
          out.address(),
          counters.address(),
          counters.address() + 4);
      stream.download(out.address(), host, 0, 4L * blocks);
      stream.download(counters.address(), host, 4L * blocks, 8);
      stream.synchronize();
      for (int i = 0; i < blocks; i++) {
        assertEquals(expected[i], bytes.getFloat(4 * i), "block " + i + ", seed " + SEED);
      }
      assertEquals(negative, bytes.getInt(4 * blocks), "seed " + SEED);
      assertEquals(largest, bytes.getInt(4 * blocks + 4), "seed " + SEED);
      assertTrue(negative > 1000, "the counter is put to the test");
    }
  }
}
