// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.job.JobQueueTest.assertCode;
import static org.ofp.device.job.JobQueueTest.awaitLatch;
import static org.ofp.device.job.JobQueueTest.requireResults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ofp.device.CountingBench;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.Job.FrameStatus;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.PipeliningBench;

/**
 * Jobs that end early. The driver stops in its third frame: a healthy one until it is interrupted,
 * a hung one until the test lets it go, so that whatever returns before has not waited for it.
 */
@Timeout(60)
class HungDeviceTest {
  private static final int FRAMES = 5;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final FrameSequence sequence = CountingBench.sequence(FRAMES);

  /** How a job is made to end early. */
  enum End {
    CANCEL(ErrorCode.CANCELLED),
    DEADLINE(ErrorCode.DEADLINE_EXCEEDED),
    INTERRUPT(ErrorCode.CANCELLED),
    CLOSE(ErrorCode.CLOSED);

    final ErrorCode code;

    End(ErrorCode code) {
      this.code = code;
    }
  }

  @AfterEach
  void release() {
    letGo.countDown();
  }

  private CountingBench healthy() {
    CountingBench bench = new CountingBench();
    bench.onRead =
        id -> {
          if (id == 12) {
            stopped.countDown();
            letGo.await();
          }
        };
    return bench;
  }

  private <T extends CountingBench> T hung(T bench) {
    bench.onRead =
        id -> {
          if (id != 12) {
            return;
          }
          stopped.countDown();
          boolean waiting = true;
          while (waiting) {
            try {
              letGo.await();
              waiting = false;
            } catch (InterruptedException e) {
              // It does not care: that is what is wrong with it.
            }
          }
          released.countDown();
        };
    return bench;
  }

  /** Submits, lets the driver stop, ends the job and returns how it ended. */
  private DeviceException end(JobQueue queue, End end, Job[] jobs) throws InterruptedException {
    JobOptions options =
        end == End.DEADLINE
            ? JobOptions.defaults().deadline(Duration.ofMillis(300))
            : JobOptions.defaults();
    Job job = queue.submit(sequence, options);
    jobs[0] = job;
    AtomicReference<DeviceException> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              thrown.set(assertThrows(DeviceException.class, job::await));
              flag.set(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    awaitLatch(stopped);
    long start = System.nanoTime();
    switch (end) {
      case CANCEL -> assertTrue(job.cancel());
      case INTERRUPT -> waiting.interrupt();
      case CLOSE -> queue.close();
      case DEADLINE -> {}
    }
    waiting.join();
    System.out.printf("%s: the job ended %.1f ms later%n", end, 1e-6 * (System.nanoTime() - start));
    assertEquals(end == End.INTERRUPT, flag.get(), "only an interrupted thread is interrupted");
    assertFalse(job.cancel(), "it is done");
    return thrown.get();
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aHealthyDeviceStaysUsable(End end) throws InterruptedException {
    CountingBench bench = healthy();
    try (JobQueue queue = new JobQueue(bench)) {
      Job[] job = new Job[1];
      assertEquals(end.code, end(queue, end, job).code());
      assertEquals(FrameStatus.DONE, job[0].status(1));
      assertEquals(FrameStatus.FAILED, job[0].status(2));
      assertEquals(2, job[0].progress().framesDone());
      assertEquals(CountingBench.count(1, FRAMES), sequence.counts().get(6));
      assertEquals(2, bench.readIds.size(), "no further frame was shown");
      if (end != End.CLOSE) {
        bench.onRead = id -> {};
        queue.submit(sequence, JobOptions.defaults()).await();
        requireResults(sequence);
        assertEquals(0, queue.telemetry().errors(), "the device did nothing wrong");
      }
    }
    assertTrue(bench.closed);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aHungDeviceHoldsNobody(End end) throws InterruptedException {
    requireThatItHoldsNobody(hung(new CountingBench()), end);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void norDoesOneThatPipelines(End end) throws InterruptedException {
    requireThatItHoldsNobody(hung(new PipeliningBench(3)), end);
  }

  private void requireThatItHoldsNobody(CountingBench bench, End end) throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    bench.onClose = closed::countDown;
    JobQueue queue = new JobQueue(bench);
    Job[] job = new Job[1];
    assertEquals(end.code, end(queue, end, job).code());
    assertEquals(0, job[0].progress().framesDone());
    assertEquals(FrameStatus.FAILED, job[0].status(0));
    if (end != End.CLOSE) {
      requireHung(queue);
      queue.close();
    }
    assertCode(ErrorCode.CLOSED, queue::telemetry);
    awaitLatch(closed);
    assertEquals(1, released.getCount(), "nobody waited for the driver");
  }

  private static void requireHung(OpticalFourierDevice queue) {
    DeviceException e =
        assertCode(
            ErrorCode.DEVICE_FAILURE,
            () -> queue.submit(CountingBench.sequence(1), JobOptions.defaults()));
    assertTrue(e.getMessage().matches(".*hangs: since \\d{4}-.*close it and open it again"));
    assertCode(ErrorCode.DEVICE_FAILURE, queue::telemetry);
    assertCode(ErrorCode.DEVICE_FAILURE, queue::transform);
    assertEquals("counting:1", queue.description().id());
  }

  @Test
  void resultsThatComeBackLateGoToNobody() throws InterruptedException {
    CountingBench bench = hung(new CountingBench());
    try (JobQueue queue = new JobQueue(bench)) {
      end(queue, End.CANCEL, new Job[1]);
      Job waiting = submitWhenBack(queue);
      waiting.await();
      for (int i = 0; i < sequence.counts().capacity(); i++) {
        assertEquals(0, sequence.counts().get(i), "the caller's buffer belongs to the caller");
      }
      assertEquals(0, sequence.exposure(0, 0));
      // The hang is not forgotten.
      assertEquals(1, queue.telemetry().errors());
    }
  }

  /** Lets the driver go and asks until it is back. */
  private Job submitWhenBack(JobQueue queue) throws InterruptedException {
    letGo.countDown();
    awaitLatch(released);
    while (true) {
      try {
        return queue.submit(CountingBench.sequence(2), JobOptions.defaults());
      } catch (DeviceException e) {
        assertEquals(ErrorCode.DEVICE_FAILURE, e.code());
        Thread.sleep(1);
      }
    }
  }

  /** What the driver's job may still write to must not be anybody's. */
  @Test
  void aDriverWhoseWaitFailsWithoutAnEndHangs() {
    DeviceException lost = new DeviceException(ErrorCode.DEVICE_FAILURE, "the event was lost");
    OpticalFourierDevice device =
        new ForwardingDevice(new CountingBench()) {
          @Override
          public Job submit(FrameSequence given, JobOptions options) {
            return new Job() {
              @Override
              public boolean isDone() {
                return letGo.getCount() == 0;
              }

              @Override
              public void await() {
                throw lost;
              }
            };
          }
        };
    JobQueue queue = new JobQueue(device);
    Job job = queue.submit(sequence, JobOptions.defaults());
    assertSame(lost, assertCode(ErrorCode.DEVICE_FAILURE, job::await));
    requireHung(queue);
    queue.close();
  }

  @Test
  void jobsBehindAHungOneEndWithIt() throws InterruptedException {
    JobQueue queue = new JobQueue(hung(new CountingBench()));
    Job running = queue.submit(sequence, JobOptions.defaults());
    awaitLatch(stopped);
    Job behind = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
    running.cancel();
    assertCode(ErrorCode.CANCELLED, running::await);
    assertCode(ErrorCode.DEVICE_FAILURE, behind::await);
    queue.close();
  }

  @Test
  void aJobThatWaitsDoesNotBegin() throws InterruptedException {
    CountingBench bench = healthy();
    try (JobQueue queue = new JobQueue(bench)) {
      Job running = queue.submit(sequence, JobOptions.defaults());
      awaitLatch(stopped);
      Job cancelled = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      Job late =
          queue.submit(
              CountingBench.sequence(1), JobOptions.defaults().deadline(Duration.ofMillis(5)));
      Job kept = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      assertTrue(cancelled.cancel());
      assertTrue(cancelled.isDone() && !running.isDone(), "at once, whoever is before it");
      assertCode(ErrorCode.CANCELLED, cancelled::await);
      assertCode(ErrorCode.DEADLINE_EXCEEDED, late::await);
      assertEquals(0, late.report().attempts());
      letGo.countDown();
      running.await();
      kept.await();
      assertEquals(FRAMES + 1, bench.readIds.size());
    }
  }

  @Test
  void closingEndsJobsThatWait() {
    JobQueue queue = new JobQueue(healthy());
    Job running = queue.submit(sequence, JobOptions.defaults());
    awaitLatch(stopped);
    Job waiting = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
    queue.close();
    queue.close();
    assertCode(ErrorCode.CLOSED, running::await);
    assertCode(ErrorCode.CLOSED, waiting::await);
    assertCode(ErrorCode.CLOSED, () -> queue.submit(sequence, JobOptions.defaults()));
    assertCode(ErrorCode.CLOSED, queue::description);
    assertCode(ErrorCode.CLOSED, queue::transform);
  }
}
