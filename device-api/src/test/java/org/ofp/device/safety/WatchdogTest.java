// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ofp.device.ErrorCode;

class WatchdogTest {
  private static final Duration LIMIT = Duration.ofNanos(100);

  private long now = Long.MAX_VALUE - 50; // the clock runs over, as System.nanoTime may
  private int madeSafe;
  private final Watchdog watchdog = new Watchdog("toy:1", LIMIT, () -> madeSafe++, () -> now);

  private void pass(long nanos) {
    now += nanos;
    watchdog.check();
  }

  @Test
  void whoIsFedInTimeIsLeftAlone() {
    watchdog.arm();
    for (int i = 0; i < 10; i++) {
      pass(99);
      watchdog.feed();
    }
    assertEquals(0, madeSafe);
    assertEquals(1, nanosLeftAfter(99));
  }

  private long nanosLeftAfter(long nanos) {
    now += nanos;
    return watchdog.check();
  }

  @Test
  void silenceMakesSafeOnceAndTheFieldIsGoneUntilANewFrame() {
    watchdog.arm();
    pass(100);
    assertEquals(1, madeSafe);
    pass(1000);
    assertEquals(1, madeSafe);
    assertFails(ErrorCode.DEVICE_FAILURE, watchdog::feed, "toy:1", "1.0E-7 s", "load the frame");
    assertFails(ErrorCode.DEVICE_FAILURE, watchdog::feed);
    watchdog.arm();
    watchdog.feed();
    pass(100);
    assertEquals(2, madeSafe, "the new frame is watched, too");
  }

  @Test
  void aDarkBenchIsNotWatched() {
    pass(1000);
    watchdog.arm();
    watchdog.disarm();
    pass(1000);
    watchdog.feed();
    watchdog.arm();
    watchdog.close();
    pass(1000);
    watchdog.arm();
    watchdog.feed();
    pass(1000);
    assertEquals(0, madeSafe);
  }

  @Test
  void disarmingDoesNotHideThatTheFieldIsGone() {
    watchdog.arm();
    pass(100);
    watchdog.disarm();
    assertFails(ErrorCode.DEVICE_FAILURE, watchdog::feed);
  }

  @Test
  void aBenchThatCannotBeMadeSafeIsNotLitAgain() {
    Watchdog stuck =
        new Watchdog(
            "toy:2",
            LIMIT,
            () -> {
              throw new IllegalStateException("shutter stuck");
            },
            () -> now);
    stuck.arm();
    now += 100;
    stuck.check();
    assertFails(ErrorCode.DEVICE_FAILURE, stuck::arm, "COULD NOT BE MADE SAFE", "by hand");
    assertFails(ErrorCode.DEVICE_FAILURE, stuck::feed, "COULD NOT BE MADE SAFE");
  }

  @Test
  void nothingIsLitWhileItIsMadeDark() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Watchdog real =
        new Watchdog(
            "toy:3",
            Duration.ofMillis(1),
            () -> {
              begun.countDown();
              awaitFor(end);
            })) {
      real.arm();
      awaitFor(begun);
      assertFails(ErrorCode.DEVICE_FAILURE, real::arm);
      assertFails(ErrorCode.DEVICE_FAILURE, real::feed);
      end.countDown();
    }
  }

  private static void awaitFor(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLimitIsAboveNought() {
    for (long bad : new long[] {0, -1}) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () -> new Watchdog("toy:4", Duration.ofSeconds(bad), () -> {}, () -> now),
          "above 0");
    }
  }
}
