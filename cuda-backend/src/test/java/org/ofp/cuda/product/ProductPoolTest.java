// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** What a GPU holds, how often it is opened, and what happens when it fails. */
class ProductPoolTest {
  private final List<TestGpu> opened = new CopyOnWriteArrayList<>();
  private final ProductPool lanes = new ProductPool(this::open);

  private TestGpu open() {
    TestGpu gpu = new TestGpu();
    opened.add(gpu);
    return gpu;
  }

  /** Doubles some images of one channel. */
  private float[] doubled(int images, float... x) {
    float[] y = new float[x.length];
    lanes.run(
        new PointwisePieces(
            images,
            1,
            1,
            images == 0 ? 1 : x.length / images,
            FloatBuffer.wrap(new float[] {2}),
            null,
            FloatBuffer.wrap(x),
            FloatBuffer.wrap(y)));
    return y;
  }

  private int alive() {
    return opened.stream().mapToInt(gpu -> gpu.alive().size()).sum();
  }

  @Test
  void nothingIsOpenedBeforeItIsNeeded() {
    assertArrayEquals(new float[0], doubled(0));
    assertEquals(0, opened.size());
    lanes.close();
    assertArrayEquals(new float[] {6}, doubled(1, 3));
    assertEquals(1, opened.size());
  }

  @Test
  void whatIsOpenIsUsedAgainAndFreedAtTheEnd() {
    doubled(3, 1, 2, 3);
    int held = alive();
    for (int i = 0; i < 1000; i++) {
      assertArrayEquals(new float[] {2, 4, 6}, doubled(3, 1, 2, 3));
    }
    assertEquals(held, alive());
    doubled(1, new float[1 << 16]);
    assertEquals(held, alive());
    lanes.close();
    assertEquals(0, alive());
    assertArrayEquals(new float[] {2}, doubled(1, 1));
    assertEquals(2, opened.size());
    lanes.close();
    assertEquals(0, alive());
  }

  /** The second lane is opened by the call that fails. */
  @ParameterizedTest
  @CsvSource({
    "cuStreamCreate, 1",
    "cuMemAlloc, 1",
    "cuMemAlloc, 3",
    "cuMemHostAlloc, 2",
    "cuMemcpyHtoDAsync, 1",
    "cuMemcpyHtoDAsync, 5",
    "cublasSgemmStridedBatched, 3",
    "cuMemcpyDtoHAsync, 4"
  })
  void aFailureFreesTheLanesAndTheNextCallWorks(String failing, int number) {
    doubled(1, 1);
    opened.get(0).gpu().failAt(failing, number, ErrorCode.DEVICE_FAILURE);
    DeviceException e = assertThrows(DeviceException.class, () -> doubled(4, 1, 2, 3, 4));
    assertEquals(ErrorCode.DEVICE_FAILURE, e.code());
    assertEquals(0, alive());
    assertArrayEquals(new float[] {2, 4, 6, 8}, doubled(4, 1, 2, 3, 4));
    assertEquals(1, opened.size());
  }

  @ParameterizedTest
  @CsvSource({"cuMemcpyHtoDAsync, 2", "cublasSgemmStridedBatched, 3", "cuMemcpyDtoHAsync, 1"})
  void aLostGpuIsOpenedAnew(String failing, int number) {
    doubled(1, 1);
    opened.get(0).gpu().failAt(failing, number, ErrorCode.DEVICE_LOST);
    DeviceException e = assertThrows(DeviceException.class, () -> doubled(4, 1, 2, 3, 4));
    assertEquals(ErrorCode.DEVICE_LOST, e.code());
    assertEquals(0, alive());
    assertArrayEquals(new float[] {2, 4, 6, 8}, doubled(4, 1, 2, 3, 4));
    assertEquals(2, opened.size());
  }

  /** With the GPU goes the page-locked memory that another call may be copying to. */
  @Test
  void aLostGpuIsClosedOnceNoCallUsesIt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    Pieces slow =
        new Pieces() {
          @Override
          public int count() {
            return 1;
          }

          @Override
          public void send(ProductLane lane, int piece) {
            running.countDown();
            try {
              lost.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void receive(ProductLane lane, int piece) {}
        };
    CompletableFuture<Void> call = CompletableFuture.runAsync(() -> lanes.run(slow));
    running.await();
    TestGpu gpu = opened.get(0);
    gpu.gpu().failAt("cuMemcpyHtoDAsync", 1, ErrorCode.DEVICE_LOST);
    assertThrows(DeviceException.class, () -> doubled(1, 1));
    assertFalse(gpu.isClosed());
    assertArrayEquals(new float[] {2}, doubled(1, 1));
    lost.countDown();
    Throwable failure = assertThrows(ExecutionException.class, call::get).getCause();
    assertEquals(ErrorCode.DEVICE_LOST, ((DeviceException) failure).code());
    assertTrue(gpu.isClosed());
    assertFalse(opened.get(1).isClosed());
    lanes.close();
    assertEquals(0, alive());
  }

  /** Nobody else may hold a GPU that is to be opened anew, though no product has met the loss. */
  @Test
  void aLostGpuIsReleased() {
    lanes.release();
    doubled(1, 1);
    opened.get(0).gpu().lose();
    lanes.release();
    assertTrue(opened.get(0).isClosed());
    assertEquals(0, alive());
    assertArrayEquals(new float[] {2}, doubled(1, 1));
    assertEquals(2, opened.size());
    lanes.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DEVICE_FAILURE", "DEVICE_LOST"})
  void callsAtTheSameTimeGetTheirOwn(ErrorCode code) {
    AtomicInteger failed = new AtomicInteger();
    IntStream.range(0, 64)
        .parallel()
        .forEach(
            i -> {
              if (i == 32) {
                doubled(1, 1);
                opened.get(0).gpu().failAt("cuMemcpyHtoDAsync", 2, code);
              }
              try {
                assertArrayEquals(new float[] {2 * i, 2 * i + 2}, doubled(2, i, i + 1));
              } catch (DeviceException e) {
                assertEquals(code, e.code());
                failed.incrementAndGet();
              }
            });
    // A loss is everybody's who is on the GPU then.
    assertTrue(failed.get() >= 1 && failed.get() <= 2, failed + " failed");
    // Two calls at a time, each with two lanes of a stream, a handle and three times two pieces.
    assertTrue(alive() <= 2 * 2 * 8, alive() + " open");
    lanes.close();
    assertEquals(0, alive());
  }
}
