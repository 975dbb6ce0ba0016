// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ofp.models.image.ImageNormalisation;

class BatchLoaderTest {
  private static final Augmentation NONE = Augmentation.none();

  /** Batches equal those made one after the other by hand, whatever the threads. */
  @Property(tries = 100)
  void batchesComeInOrderOnAnyNumberOfThreads(
      @ForAll @IntRange(min = 0, max = 23) int size,
      @ForAll @IntRange(min = 1, max = 7) int batchSize,
      @ForAll @IntRange(min = 1, max = 5) int threads,
      @ForAll @IntRange(min = 0, max = 3) int skipped,
      @ForAll long seed) {
    ArraySamples samples = ArraySamples.random(size, 3, seed);
    int[] order = Shuffle.order(size, seed, 1);
    Augmentation augmentation = Augmentation.flipsAndTurns(seed, 1);
    int batches = (size + batchSize - 1) / batchSize;
    int first = Math.min(skipped, batches);
    try (BatchLoader loader =
        BatchLoader.start(samples, order, batchSize, first, augmentation, threads)) {
      for (int batch = first; batch < batches; batch++) {
        assertBatch(samples, order, batch * batchSize, augmentation, loader.next());
      }
      assertNull(loader.next());
      assertNull(loader.next());
    }
  }

  private static void assertBatch(
      Samples samples, int[] order, int from, Augmentation augmentation, Batch batch) {
    int pixels = samples.side() * samples.side();
    assertTrue(batch.size() >= 1);
    assertEquals(batch.size() * 3 * pixels, batch.images().length);
    assertEquals(batch.size() * pixels, batch.labels().length);
    for (int i = 0; i < batch.size(); i++) {
      int index = order[from + i];
      int[] rgb = new int[pixels];
      byte[] labels = new byte[pixels];
      samples.read(index, rgb, labels);
      int[] turned = new int[pixels];
      Symmetry.apply(augmentation.symmetry(index), samples.side(), rgb, turned);
      float[] planes = ImageNormalisation.toPlanes(turned);
      for (int j = 0; j < planes.length; j++) {
        assertEquals(planes[j], batch.images()[i * planes.length + j]);
      }
      for (int j = 0; j < pixels; j++) {
        assertEquals(ArraySamples.labelOf(turned[j]), batch.labels()[i * pixels + j]);
      }
    }
  }

  @Example
  void leavesTheCallersOrderAlone() {
    int[] order = {0, 1, 2, 3};
    ArraySamples samples = ArraySamples.random(4, 2, 1);
    try (BatchLoader loader = BatchLoader.start(samples, order, 1, 3, NONE)) {
      order[3] = 99;
      assertNotNull(loader.next());
    }
  }

  /** Who takes nothing keeps the threads at a few batches: those in the window, no more. */
  @Example
  void readsAheadOnlySoFar() throws InterruptedException {
    AtomicInteger reads = new AtomicInteger();
    CountDownLatch ahead = new CountDownLatch(3);
    Samples samples =
        new Forwarding(ArraySamples.random(100, 2, 1)) {
          @Override
          void before(int index) {
            reads.incrementAndGet();
            ahead.countDown();
          }
        };
    try (BatchLoader loader = BatchLoader.start(samples, order(100), 1, 0, NONE, 2)) {
      ahead.await();
      for (int i = 0; i < 100; i++) {
        Batch batch = loader.next();
        assertNotNull(batch);
        // Two threads: three batches are ready or in the making, beside those taken.
        assertTrue(reads.get() <= i + 1 + 3, reads + " reads after " + i);
      }
    }
  }

  @Example
  void failuresComeInTheirTurn() {
    IllegalArgumentException failure = new IllegalArgumentException("sample 5 is bad");
    Samples samples =
        new Forwarding(ArraySamples.random(20, 2, 1)) {
          @Override
          void before(int index) {
            if (index == 5) {
              throw failure;
            }
          }
        };
    for (int threads = 1; threads <= 4; threads++) {
      try (BatchLoader loader = BatchLoader.start(samples, order(20), 2, 0, NONE, threads)) {
        assertNotNull(loader.next());
        assertNotNull(loader.next());
        assertSame(failure, assertThrows(IllegalArgumentException.class, loader::next));
        assertSame(failure, assertThrows(IllegalArgumentException.class, loader::next));
      }
    }
    Samples outOfMemory =
        new Forwarding(ArraySamples.random(1, 2, 1)) {
          @Override
          void before(int index) {
            throw new OutOfMemoryError("test");
          }
        };
    try (BatchLoader loader = BatchLoader.start(outOfMemory, order(1), 1, 0, NONE)) {
      assertThrows(OutOfMemoryError.class, loader::next);
    }
  }

  /** A reader that waits for the taker to wait; the next batch is there when it is asked for. */
  @Example
  void waitingIsCounted() throws InterruptedException {
    Thread taker = Thread.currentThread();
    CountDownLatch asked = new CountDownLatch(1);
    AtomicLong heldNanos = new AtomicLong();
    Samples samples =
        new Forwarding(ArraySamples.random(2, 2, 1)) {
          @Override
          void before(int index) throws InterruptedException {
            asked.await();
            if (index == 0) {
              while (taker.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              long from = System.nanoTime();
              Thread.sleep(20);
              heldNanos.set(System.nanoTime() - from);
            }
          }
        };
    try (BatchLoader loader = BatchLoader.start(samples, order(2), 1, 0, NONE, 1)) {
      assertEquals(0, loader.waitSeconds());
      long from = System.nanoTime();
      asked.countDown();
      loader.next();
      double elapsed = (System.nanoTime() - from) * 1e-9;
      double waited = loader.waitSeconds();
      assertTrue(waited >= heldNanos.get() * 1e-9 && waited <= elapsed, waited + " s");
      while (loaderThreads() > 0) { // until the second batch is made
        Thread.sleep(1);
      }
      assertNotNull(loader.next());
      assertEquals(waited, loader.waitSeconds());
    }
  }

  @Example
  void closingEndsTheThreads() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(2);
    Samples samples =
        new Forwarding(ArraySamples.random(1000, 2, 1)) {
          @Override
          void before(int index) throws InterruptedException {
            reading.countDown();
            Thread.sleep(1);
          }
        };
    BatchLoader idle = BatchLoader.start(samples, order(1000), 100, 0, NONE, 2);
    reading.await();
    assertTrue(loaderThreads() > 0);
    idle.close();
    idle.close();
    assertEquals(0, loaderThreads());
    assertThrows(IllegalStateException.class, idle::next);
    BatchLoader finished = BatchLoader.start(samples, order(1), 1, 1, NONE);
    assertNull(finished.next());
    finished.close();
    assertEquals(0, loaderThreads());
  }

  @Example
  void anInterruptedTakerStopsWaiting() {
    CountDownLatch end = new CountDownLatch(1);
    Samples samples =
        new Forwarding(ArraySamples.random(1, 2, 1)) {
          @Override
          void before(int index) throws InterruptedException {
            end.await();
          }
        };
    try (BatchLoader loader = BatchLoader.start(samples, order(1), 1, 0, NONE)) {
      Thread.currentThread().interrupt();
      assertThrows(CancellationException.class, loader::next);
      assertTrue(Thread.interrupted());
      end.countDown();
      assertNotNull(loader.next());
    }
  }

  @Example
  void argumentsAreChecked() {
    ArraySamples samples = ArraySamples.random(4, 2, 1);
    assertThrows(
        IllegalArgumentException.class, () -> BatchLoader.start(samples, order(4), 0, 0, NONE));
    assertThrows(
        IllegalArgumentException.class, () -> BatchLoader.start(samples, order(4), 2, 3, NONE));
    assertThrows(
        IllegalArgumentException.class, () -> BatchLoader.start(samples, order(4), 2, -1, NONE));
    // 3 · 178 · 2048² is above 2³¹ − 1, 3 · 170 · 2048² below; nothing is allocated to find out
    Batch.requireRoom(170, 2048);
    for (int side : new int[] {2048, 60_000}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Batch.requireRoom(178, side));
      assertTrue(e.getMessage().contains("too large: 178 × " + side + "²"), e.getMessage());
    }
    assertEquals(0, loaderThreads());
  }

  /** The table that normalises has the values of the formula. */
  @Example
  void normalisationIsTheFormula() {
    int[] levels = IntStream.range(0, 256).map(v -> v << 16 | v << 8 | v).toArray();
    float[] planes = new float[3 * 256 + 1];
    ImageNormalisation.toPlanes(levels, planes, 1);
    for (int v = 0; v < 256; v++) {
      assertEquals((v / 255f - 0.485f) / 0.229f, planes[1 + v]);
      assertEquals((v / 255f - 0.456f) / 0.224f, planes[257 + v]);
      assertEquals((v / 255f - 0.406f) / 0.225f, planes[513 + v]);
    }
    float[] whole = ImageNormalisation.toPlanes(levels);
    assertArrayEquals(Arrays.copyOfRange(planes, 1, 769), whole);
  }

  private static int[] order(int size) {
    return IntStream.range(0, size).toArray();
  }

  private static long loaderThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ofp-loader"))
        .count();
  }

  /** Samples at which something happens before each is read. */
  private abstract static class Forwarding implements Samples {
    private final Samples samples;

    Forwarding(Samples samples) {
      this.samples = samples;
    }

    abstract void before(int index) throws InterruptedException;

    @Override
    public int size() {
      return samples.size();
    }

    @Override
    public int side() {
      return samples.side();
    }

    @Override
    public void read(int index, int[] rgb, byte[] labels) {
      try {
        before(index);
      } catch (InterruptedException e) {
        throw new IllegalStateException("a loader's thread was interrupted", e);
      }
      samples.read(index, rgb, labels);
    }

    @Override
    public String name(int index) {
      return samples.name(index);
    }
  }
}
