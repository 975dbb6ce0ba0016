// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.job.JobQueueTest.assertCode;
import static org.ofp.device.job.JobQueueTest.awaitLatch;
import static org.ofp.device.job.JobQueueTest.requireResults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ofp.device.CountingBench;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.RetryPolicy;

@Timeout(60)
class RetryTest {
  private static final JobOptions THRICE =
      JobOptions.defaults().retry(new RetryPolicy(3, Duration.ofMillis(1)));

  private final CountingBench bench = new CountingBench();
  private int failures;

  /** Fails so often at the second frame, and says the how-manieth time it is. */
  private void failing(int times, ErrorCode code) {
    failures = 0;
    bench.readIds.clear();
    bench.onRead =
        id -> {
          if (id == 11 && failures < times) {
            throw new DeviceException(code, "failure " + ++failures);
          }
        };
  }

  @Test
  void whatMayPassIsTriedAgainWithTheSameFrames() {
    failing(2, ErrorCode.TRANSIENT_FAILURE);
    try (JobQueue queue = new JobQueue(bench)) {
      FrameSequence sequence = CountingBench.sequence(3);
      Job job = queue.submit(sequence, THRICE);
      job.await();
      requireResults(sequence);
      assertEquals(3, job.report().attempts());
      assertEquals(List.of(10L, 10L, 10L, 11L, 12L), bench.readIds);
      assertEquals(2, queue.telemetry().retries());
      assertEquals(2, queue.telemetry().errors());
    }
  }

  @Test
  void attemptsAreBoundedAndEarlierFailuresKept() {
    failing(9, ErrorCode.TRANSIENT_FAILURE);
    try (JobQueue queue = new JobQueue(bench)) {
      Job job = queue.submit(CountingBench.sequence(3), THRICE);
      DeviceException last = assertCode(ErrorCode.TRANSIENT_FAILURE, job::await);
      assertEquals("failure 3", last.getMessage());
      assertEquals("failure 2", last.getSuppressed()[0].getMessage());
      assertEquals("failure 1", last.getSuppressed()[0].getSuppressed()[0].getMessage());
      assertEquals(3, job.report().attempts());
      assertEquals(2, queue.telemetry().retries());
    }
  }

  @Test
  void whatWillNotPassIsNotTriedAgain() {
    try (JobQueue queue = new JobQueue(bench)) {
      for (ErrorCode code : List.of(ErrorCode.DEVICE_FAILURE, ErrorCode.INADMISSIBLE_FRAME)) {
        failing(9, code);
        Job job = queue.submit(CountingBench.sequence(3), THRICE);
        assertCode(code, job::await);
        assertEquals(1, job.report().attempts());
      }
      failing(1, ErrorCode.TRANSIENT_FAILURE);
      assertCode(
          ErrorCode.TRANSIENT_FAILURE,
          queue.submit(CountingBench.sequence(3), JobOptions.defaults())::await);
      assertEquals(0, queue.telemetry().retries());
      assertEquals(2, queue.telemetry().errors(), "a wrong frame is the caller's fault");
    }
  }

  /** Behind a wait of an hour: whoever ends the job ends the wait. */
  @Test
  void theWaitEndsWithTheJob() {
    JobOptions slow = JobOptions.defaults().retry(new RetryPolicy(2, Duration.ofHours(1)));
    CountDownLatch failed = new CountDownLatch(2);
    bench.onRead =
        id -> {
          failed.countDown();
          throw new DeviceException(ErrorCode.TRANSIENT_FAILURE, "lost");
        };
    try (JobQueue queue = new JobQueue(bench)) {
      DeviceException late =
          assertCode(
              ErrorCode.DEADLINE_EXCEEDED,
              queue.submit(CountingBench.sequence(1), slow.deadline(Duration.ofMillis(100)))
                  ::await);
      assertEquals("lost", late.getSuppressed()[0].getMessage());
      Job cancelled = queue.submit(CountingBench.sequence(1), slow);
      awaitLatch(failed);
      assertTrue(cancelled.cancel());
      assertCode(ErrorCode.CANCELLED, cancelled::await);
      assertEquals(1, cancelled.report().attempts());
      Job closed = queue.submit(CountingBench.sequence(1), slow);
      queue.close();
      assertCode(ErrorCode.CLOSED, closed::await);
    }
  }

  @Test
  void theWaitDoublesUpToAnHour() {
    RetryPolicy policy = new RetryPolicy(100, Duration.ofMillis(3));
    assertEquals(Duration.ofMillis(3), policy.backoff(1));
    assertEquals(Duration.ofMillis(24), policy.backoff(4));
    assertEquals(Duration.ofHours(1), policy.backoff(99));
    assertEquals(Duration.ZERO, new RetryPolicy(100, Duration.ZERO).backoff(99));
    assertEquals(Duration.ofHours(1), new RetryPolicy(100, Duration.ofHours(1)).backoff(100));
  }

  @Test
  void impossiblePoliciesAreRefused() {
    Stream.of(0, -1, 101)
        .forEach(
            attempts ->
                assertCode(
                    ErrorCode.INVALID_ARGUMENT, () -> new RetryPolicy(attempts, Duration.ZERO)));
    assertCode(ErrorCode.INVALID_ARGUMENT, () -> new RetryPolicy(2, Duration.ofSeconds(3601)));
    assertCode(ErrorCode.INVALID_ARGUMENT, () -> new RetryPolicy(2, Duration.ofNanos(-1)));
    assertFalse(
        RetryPolicy.none().retries(new DeviceException(ErrorCode.TRANSIENT_FAILURE, "x"), 1));
  }
}
