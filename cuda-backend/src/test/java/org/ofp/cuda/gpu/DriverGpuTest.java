// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ofp.cuda.RequiresGpu;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** The driver's edge on a GPU. */
@RequiresGpu
class DriverGpuTest {
  private DriverGpu gpu;

  @BeforeEach
  void open() {
    gpu = DriverGpu.open(0);
  }

  @AfterEach
  void close() {
    gpu.close();
  }

  @Test
  void theDescriptionIsPlausible() {
    GpuDescription description = gpu.description();
    assertEquals(0, description.ordinal());
    assertFalse(description.name().isBlank());
    assertTrue(description.computeCapability() >= 75 && description.computeCapability() < 1000);
    assertTrue(description.driverVersion() >= 11000);
    assertTrue(description.multiprocessors() >= 1);
    assertTrue(description.totalBytes() >= gpu.freeBytes());
  }

  @Test
  void bytesComeBackAsTheyWent() {
    long seed = 20261123;
    int size = 1_000_003;
    byte[] sent = new byte[size];
    new Random(seed).nextBytes(sent);
    try (GpuStream stream = gpu.openStream();
        GpuMemory a = gpu.allocate("a test", size);
        GpuMemory b = gpu.allocate("a test", size);
        HostMemory from = gpu.allocateHost("a test", size);
        HostMemory to = gpu.allocateHost("a test", size)) {
      assertEquals(size, a.bytes());
      assertTrue(from.bytes().isDirect());
      assertEquals(size, from.bytes().capacity());
      from.bytes().put(sent);
      stream.upload(from, 0, a.address(), size);
      stream.copy(a.address(), b.address(), size);
      stream.clear(b.address() + 1000, 7);
      stream.download(b.address() + 17, to, 5, size - 17);
      stream.synchronize();
      byte[] got = new byte[size - 17];
      to.bytes().position(5).get(got);
      byte[] expected = new byte[size - 17];
      System.arraycopy(sent, 17, expected, 0, expected.length);
      for (int i = 0; i < 7; i++) {
        expected[1000 - 17 + i] = 0;
      }
      assertArrayEquals(expected, got, "seed " + seed);
    }
  }

  @Test
  void aKernelGetsArgumentsOfEveryType() {
    int n = 1000;
    try (GpuStream stream = gpu.openStream()) {
      double[] got = probe(stream, n, 2.5f, -0.1);
      for (int i = 0; i < n; i++) {
        assertEquals((double) (2.5f * in(i)) + -0.1, got[i], "element " + i); // to the last bit
      }
      assertEquals(0, got[n], "what lies behind is left alone");
    }
  }

  @Test
  void manyThreadsUseStreamsOfTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<double[]>> results = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        float factor = t;
        results.add(
            threads.submit(
                () -> {
                  try (GpuStream stream = gpu.openStream()) {
                    return probe(stream, 100, factor, 1);
                  }
                }));
      }
      for (int t = 0; t < 16; t++) {
        assertEquals((double) ((float) t * in(99)) + 1, results.get(t).get()[99]);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** n results of the kernel {@code probe}, and one element behind that it must not touch. */
  private double[] probe(GpuStream stream, int n, float a, double b) {
    try (GpuMemory in = gpu.allocate("a test", (long) n * Float.BYTES);
        GpuMemory out = gpu.allocate("a test", (n + 1L) * Double.BYTES);
        HostMemory host = gpu.allocateHost("a test", (n + 1L) * Double.BYTES)) {
      ByteBuffer bytes = host.bytes();
      for (int i = 0; i < n; i++) {
        bytes.putFloat(in(i));
      }
      stream.upload(host, 0, in.address(), in.bytes());
      stream.clear(out.address(), out.bytes());
      stream.launch(
          gpu.function("probe", "probe"), (n + 63) / 64, 64, out.address(), in.address(), n, a, b);
      stream.synchronize(); // the host memory serves both ways
      stream.download(out.address(), host, 0, out.bytes());
      stream.synchronize();
      double[] results = new double[n + 1];
      host.bytes().asDoubleBuffer().get(results);
      return results;
    }
  }

  private static float in(int i) {
    return i / 3f;
  }

  @Test
  void wrongArgumentsAreRefusedBeforeTheDriverReadsThem() {
    GpuFunction probe = gpu.function("probe", "probe");
    assertEquals("probe", probe.name());
    try (GpuStream stream = gpu.openStream()) {
      IllegalArgumentException few =
          assertThrows(IllegalArgumentException.class, () -> stream.launch(probe, 1, 1, 0L, 0L, 1));
      assertEquals("probe takes 5 arguments, not 3", few.getMessage());
      assertThrows(
          IllegalArgumentException.class, () -> stream.launch(probe, 1, 1, 0L, 0L, 1L, 1f, 1.0));
      assertThrows(
          IllegalArgumentException.class, () -> stream.launch(probe, 0, 1, 0L, 0L, 0, 1f, 1.0));
      assertThrows(
          IllegalArgumentException.class, () -> stream.launch(probe, 1, 1025, 0L, 0L, 0, 1f, 1.0));
    }
    assertThrows(IllegalArgumentException.class, () -> gpu.function("probe", "nothing"));
    assertThrows(IllegalArgumentException.class, () -> gpu.function("nothing", "probe"));
  }

  @Test
  void copiesBesideTheHostMemoryAreRefused() {
    try (GpuStream stream = gpu.openStream();
        GpuMemory memory = gpu.allocate("a test", 100);
        HostMemory host = gpu.allocateHost("a test", 100)) {
      assertThrows(
          IllegalArgumentException.class, () -> stream.upload(host, 1, memory.address(), 100));
      assertThrows(
          IllegalArgumentException.class, () -> stream.download(memory.address(), host, -1, 10));
      host.close();
      assertEquals(
          ErrorCode.CLOSED,
          assertThrows(DeviceException.class, () -> stream.upload(host, 0, memory.address(), 1))
              .code());
    }
  }

  @Test
  void tooMuchMemoryIsAnErrorWithFigures() {
    long wanted = 2 * gpu.description().totalBytes();
    DeviceException e =
        assertThrows(DeviceException.class, () -> gpu.allocate("huge frames", wanted));
    assertEquals(ErrorCode.OUT_OF_MEMORY, e.code(), e.getMessage());
    assertTrue(
        e.getMessage()
            .matches(
                "cuda:0: taking memory for huge frames failed: cuMemAlloc returned"
                    + " CUDA_ERROR_OUT_OF_MEMORY \\(2\\).*; [\\d,]+ bytes are needed, [\\d,]+ are"
                    + " free; use smaller batches.*"),
        e.getMessage());
    try (GpuMemory small = gpu.allocate("a test", 100)) { // nothing is lost by it
      assertEquals(100, small.bytes());
    }
  }

  @Test
  void whatWasClosedIsRefusedAndClosingAgainDoesNothing() {
    GpuStream stream = gpu.openStream();
    GpuMemory memory = gpu.allocate("a test", 100);
    stream.close();
    stream.close();
    memory.close();
    memory.close();
    assertEquals(ErrorCode.CLOSED, assertThrows(DeviceException.class, stream::synchronize).code());
    assertEquals(ErrorCode.CLOSED, assertThrows(DeviceException.class, memory::address).code());
  }

  @Test
  void closingTheGpuFreesWhatIsLeft() {
    long before = gpu.freeBytes();
    long size = 64L << 20;
    try (DriverGpu other = DriverGpu.open(0)) {
      GpuMemory left = other.allocate("a test", size);
      assertTrue(left.address() != 0);
      assertTrue(gpu.freeBytes() <= before - size);
    }
    assertEquals(
        (double) before, (double) gpu.freeBytes(), 16e6); // others may be at work on the GPU
  }

  @Test
  void nothingLeaks() {
    int times = GpuScale.times(200, 10_000);
    FftBindings.Choice fft = FftBindings.choose(FftBindings.AUTO);
    openAndClose(fft); // what the libraries keep for good
    long before = gpu.freeBytes();
    for (int i = 0; i < times; i++) {
      openAndClose(fft);
    }
    // What one leaked buffer of 1 MB each would take is 100 times this at the least.
    assertEquals((double) before, (double) gpu.freeBytes(), 2e6);
  }

  private static void openAndClose(FftBindings.Choice fft) {
    try (DriverGpu opened = DriverGpu.open(0);
        GpuStream stream = opened.openStream();
        GpuMemory memory = opened.allocate("a test", 1 << 20);
        HostMemory host = opened.allocateHost("a test", 1 << 20);
        GpuFftPlan plan = FftBindings.open(fft, opened).plan(16, 16, 4, stream)) {
      stream.upload(host, 0, memory.address(), memory.bytes());
      plan.transform(memory.address(), memory.address(), false);
      stream.synchronize();
    }
  }
}
