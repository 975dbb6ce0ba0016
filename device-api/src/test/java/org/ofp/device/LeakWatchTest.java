// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger(LeakWatch.LOGGER);
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    System.clearProperty(LeakWatch.TRACE_PROPERTY);
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  void aLostDeviceIsMadeSafeAndReportedOnce() throws InterruptedException {
    long before = LeakWatch.reported();
    AtomicInteger madeSafe = new AtomicInteger();
    openAndLose("fake:lost", madeSafe::incrementAndGet);
    collectUntil(() -> !records.isEmpty());
    assertEquals(1, madeSafe.get());
    assertEquals(before + 1, LeakWatch.reported());
    assertEquals(1, records.size());
    assertEquals(Level.WARNING, records.get(0).getLevel());
    String message = records.get(0).getMessage();
    for (String part :
        List.of("'fake:lost'", "not closed", Thread.currentThread().getName(), "ofp.leaks.trace")) {
      assertTrue(message.contains(part), message);
    }
    assertNull(records.get(0).getThrown(), "no stack trace unless it is asked for");
  }

  @Test
  void aClosedDeviceIsNeitherReportedNorTouched() throws InterruptedException {
    long before = LeakWatch.reported();
    AtomicInteger madeSafe = new AtomicInteger();
    WeakReference<Object> gone = openAndClose(madeSafe::incrementAndGet);
    openAndLose("fake:after", () -> {});
    // The second leak shows that the cleaner has been at work since the first device went.
    collectUntil(() -> gone.refersTo(null) && !records.isEmpty());
    assertEquals(0, madeSafe.get());
    assertEquals(before + 1, LeakWatch.reported());
    assertTrue(records.get(0).getMessage().contains("'fake:after'"));
  }

  @Test
  void theStackTraceOfTheOpeningIsThereWhenAskedFor() throws InterruptedException {
    System.setProperty(LeakWatch.TRACE_PROPERTY, "true");
    openAndLose("fake:traced", () -> {});
    collectUntil(() -> !records.isEmpty());
    Throwable opening = records.get(0).getThrown();
    assertNotNull(opening);
    assertTrue(
        List.of(opening.getStackTrace()).stream()
            .anyMatch(frame -> frame.getMethodName().equals("openAndLose")));
  }

  @Test
  void aFailureToMakeSafeIsSaidAndHidesNoOther() throws InterruptedException {
    openAndLose(
        "fake:stuck",
        () -> {
          throw new IllegalStateException("shutter stuck");
        });
    openAndLose("fake:other", () -> {});
    collectUntil(() -> records.size() == 2);
    assertTrue(
        records.stream().anyMatch(r -> r.getMessage().contains("shutter stuck")), "the failure");
    assertTrue(records.stream().anyMatch(r -> r.getMessage().contains("fake:other")), "the other");
  }

  @Test
  void aJobThatNobodyAwaitsIsReported() throws InterruptedException {
    loseAJob();
    collectUntil(() -> !records.isEmpty());
    assertTrue(records.get(0).getMessage().contains("a job on 'fake:job' was not awaited"));
  }

  /** In methods of their own, so that no local variable keeps what they made reachable. */
  private static void openAndLose(String address, Runnable makeSafe) {
    LeakWatch.device(device(), address, makeSafe);
  }

  private static WeakReference<Object> openAndClose(Runnable makeSafe) {
    OpticalFourierDevice device = device();
    LeakWatch watch = LeakWatch.device(device, "fake:closed", makeSafe);
    watch.closed();
    watch.closed();
    return new WeakReference<>(device);
  }

  private static void loseAJob() {
    Job job =
        new Job() {
          @Override
          public boolean isDone() {
            return false;
          }

          @Override
          public void await() {}
        };
    LeakWatch.job(job, "fake:job");
  }

  private static OpticalFourierDevice device() {
    return TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
  }

  /** Collections are requests: asks until it has happened, 30 s at most. */
  private static void collectUntil(BooleanSupplier happened) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!happened.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not collected within 30 s");
      System.gc();
      Thread.sleep(10);
    }
  }
}
