// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.ofp.device.CountingBench;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.Job.FrameStatus;
import org.ofp.device.Job.JobProgress;
import org.ofp.device.JobOptions;
import org.ofp.device.PipeliningBench;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** The queue on devices that work. */
@Timeout(60)
class JobQueueTest {
  private final CountingBench bench = new CountingBench();

  static void requireResults(FrameSequence sequence) {
    int n = sequence.size();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < sequence.shape().pixels(); k++) {
        assertEquals(
            CountingBench.count(i, n), sequence.counts().get(sequence.countOffset(i, 0) + k));
      }
      assertEquals(1e-3, sequence.exposure(i, 0));
    }
  }

  @Test
  void jobsRunOnAfterSubmitInTheirOrder() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    bench.onRead = id -> go.await();
    try (JobQueue queue = new JobQueue(bench)) {
      List<FrameSequence> sequences = new ArrayList<>();
      List<Job> jobs = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        FrameSequence sequence = CountingBench.sequence(k + 1);
        sequences.add(sequence);
        jobs.add(queue.submit(sequence, JobOptions.defaults()));
      }
      assertTrue(jobs.stream().noneMatch(Job::isDone));
      go.countDown();
      for (int k = 3; k >= 0; k--) {
        jobs.get(k).await();
        requireResults(sequences.get(k));
      }
      assertEquals(
          List.of(10L, 10L, 11L, 10L, 11L, 12L, 10L, 11L, 12L, 13L), List.copyOf(bench.readIds));
    }
    assertTrue(bench.closed);
  }

  @Test
  void onlyTheJobsFramesAreWritten() {
    FrameSequence sequence = CountingBench.sequence(3).size(2);
    try (JobQueue queue = new JobQueue(bench)) {
      queue.submit(sequence, JobOptions.defaults()).await();
      queue.submit(CountingBench.sequence(3).size(0), JobOptions.defaults()).await();
    }
    assertEquals(2, bench.readIds.size());
    assertEquals(0, sequence.counts().get(sequence.countOffset(2, 0)));
    assertEquals(11_000 + 1f / 3, sequence.counts().get(sequence.countOffset(1, 0)));
  }

  @Test
  void progressAndStatusFollowTheFrames() {
    CountDownLatch third = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    bench.onRead =
        id -> {
          if (id == 12) {
            third.countDown();
            go.await();
          }
        };
    try (JobQueue queue = new JobQueue(bench)) {
      Job job = queue.submit(CountingBench.sequence(5), JobOptions.defaults());
      awaitLatch(third);
      assertEquals(new JobProgress(2, 5, false), job.progress());
      assertEquals(FrameStatus.DONE, job.status(1));
      assertEquals(FrameStatus.WAITING, job.status(2));
      assertCode(ErrorCode.ILLEGAL_STATE, job::report);
      go.countDown();
      job.await();
      assertEquals(new JobProgress(5, 5, true), job.progress());
      assertEquals(FrameStatus.DONE, job.status(4));
      assertCode(ErrorCode.INVALID_ARGUMENT, () -> job.status(5));
      assertCode(ErrorCode.INVALID_ARGUMENT, () -> job.status(-1));
    }
  }

  @Test
  void theReportSaysWhereResultsComeFrom() throws InterruptedException {
    bench.clippedPerRead = 3; // of six pixels
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    bench.onRead =
        id -> {
          reading.countDown();
          go.await();
        };
    try (JobQueue queue = new JobQueue(bench)) {
      Job first = queue.submit(CountingBench.sequence(2), JobOptions.defaults());
      Job second = queue.submit(CountingBench.sequence(2), JobOptions.defaults());
      awaitLatch(reading);
      Thread.sleep(20);
      go.countDown();
      second.await();
      Job.JobReport report = second.report();
      assertEquals("counting:1", report.device());
      assertEquals("test-calibration", report.calibration());
      assertEquals("77", report.seed());
      assertEquals(1, report.attempts());
      assertEquals(0.5, report.clippedShare());
      // The second one was there before the first one's 20 ms began.
      Duration held = Duration.ofMillis(20);
      assertTrue(first.report().running().compareTo(held) >= 0);
      assertTrue(second.report().queued().compareTo(held) >= 0);
      first.await();
    }
  }

  @Test
  void whatIsToBeDoneAtTheEndIsDoneBeforeAwaitReturns() {
    CountDownLatch go = new CountDownLatch(1);
    bench.onRead = id -> go.await();
    try (JobQueue queue = new JobQueue(bench)) {
      FrameSequence sequence = CountingBench.sequence(2);
      Job job = queue.submit(sequence, JobOptions.defaults());
      List<String> seen = new CopyOnWriteArrayList<>();
      job.whenDone(
          () -> {
            job.await(); // returns at once here
            requireResults(sequence);
            seen.add(job.report().device());
            job.whenDone(() -> seen.add("added later"));
          });
      go.countDown();
      job.await();
      assertEquals(List.of("counting:1", "added later"), seen);
      job.whenDone(() -> seen.add("at once"));
      assertEquals(3, seen.size());
    }
  }

  @Test
  void aFailureOfWhatIsToBeDoneIsTheJobs() {
    CountDownLatch go = new CountDownLatch(1);
    bench.onRead = id -> go.await();
    try (JobQueue queue = new JobQueue(bench)) {
      Job job = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      DeviceException full = new DeviceException(ErrorCode.UNAVAILABLE, "the disk is full");
      job.whenDone(
          () -> {
            throw full;
          });
      AtomicInteger further = new AtomicInteger();
      job.whenDone(further::incrementAndGet);
      go.countDown();
      assertSame(full, assertCode(ErrorCode.UNAVAILABLE, job::await));
      assertEquals(1, further.get());
    }
  }

  @Test
  void failuresAreTheJobsAndTheNextOneRuns() {
    bench.onRead =
        id -> {
          if (id == 11) {
            throw new IllegalStateException("shutter");
          }
        };
    try (JobQueue queue = new JobQueue(bench)) {
      FrameSequence sequence = CountingBench.sequence(3);
      Job job = queue.submit(sequence, JobOptions.defaults());
      DeviceException e = assertCode(ErrorCode.INTERNAL, job::await);
      assertTrue(e.getMessage().contains("shutter"), e.getMessage());
      assertEquals(new JobProgress(1, 3, true), job.progress());
      assertEquals(FrameStatus.DONE, job.status(0));
      assertEquals(FrameStatus.FAILED, job.status(1));
      assertEquals(CountingBench.count(0, 3), sequence.counts().get(0));
      queue.submit(CountingBench.sequence(1), JobOptions.defaults()).await();
      assertEquals(1, queue.telemetry().errors());
    }
  }

  @Test
  void submitWaitsForRoomWithinItsDeadline() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    bench.onRead = id -> go.await();
    try (JobQueue queue =
        new JobQueue(bench, new JobQueue.Settings(1, false, Duration.ofMillis(50)))) {
      Job running = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      awaitTaken(running);
      Job waiting = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      JobOptions soon = JobOptions.defaults().deadline(Duration.ofMillis(30));
      assertCode(ErrorCode.DEADLINE_EXCEEDED, () -> queue.submit(CountingBench.sequence(1), soon));
      Thread.currentThread().interrupt();
      assertCode(
          ErrorCode.CANCELLED,
          () -> queue.submit(CountingBench.sequence(1), JobOptions.defaults()));
      assertTrue(Thread.interrupted());
      AtomicReference<Job> third = new AtomicReference<>();
      Thread submitter =
          new Thread(
              () -> third.set(queue.submit(CountingBench.sequence(1), JobOptions.defaults())));
      submitter.start();
      while (submitter.getState() != Thread.State.WAITING
          && submitter.getState() != Thread.State.TIMED_WAITING) {
        Thread.sleep(1);
      }
      go.countDown();
      submitter.join();
      third.get().await();
      assertTrue(running.isDone() && waiting.isDone(), "in the order of submission");
      running.await();
      waiting.await();
    }
  }

  @Test
  void aFullQueueMayRefuse() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    bench.onRead = id -> go.await();
    try (JobQueue queue =
        new JobQueue(bench, new JobQueue.Settings(1, true, Duration.ofMillis(50)))) {
      Job running = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      awaitTaken(running);
      Job waiting = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      DeviceException e =
          assertCode(
              ErrorCode.BUSY, () -> queue.submit(CountingBench.sequence(1), JobOptions.defaults()));
      assertTrue(e.retryable() && e.getMessage().contains("1 jobs wait"), e.getMessage());
      go.countDown();
      running.await();
      waiting.await();
    }
  }

  /** The worker has it: another one finds room. */
  private void awaitTaken(Job job) throws InterruptedException {
    while (bench.telemetry().framesLoaded() == 0) {
      assertFalse(job.isDone());
      Thread.sleep(1);
    }
  }

  @Test
  void verbsTakeTheirTurn() {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    bench.onRead =
        id -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          reading.countDown();
          go.await();
          inside.decrementAndGet();
        };
    try (JobQueue queue = new JobQueue(bench)) {
      Job job = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      awaitLatch(reading);
      Thread opener = new Thread(go::countDown);
      FrameSequence own = CountingBench.sequence(1);
      opener.start();
      queue.load(new SlmFrame(own.shape(), own.amplitudes(), 0, 4, 0));
      queue.transform();
      DetectorFrame into = DetectorFrame.allocate(own.shape(), 1);
      queue.read(Readout.plain(1), into);
      assertEquals(4, into.frameId());
      assertTrue(job.isDone(), "the verbs came after the job");
      job.await();
    }
    assertEquals(1, most.get());
  }

  @Test
  void aPipeliningDeviceStaysOneWithinAJob() {
    PipeliningBench pipelining = new PipeliningBench(4);
    try (JobQueue queue = new JobQueue(pipelining)) {
      FrameSequence sequence = CountingBench.sequence(12);
      queue.submit(sequence, JobOptions.defaults()).await();
      requireResults(sequence);
      assertTrue(queue.extension(PipeliningBench.Shutter.class).isPresent());
    }
    assertEquals(4, pipelining.mostInFlight());
  }

  static void awaitLatch(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static DeviceException assertCode(ErrorCode code, Executable what) {
    DeviceException e = assertThrows(DeviceException.class, what);
    assertEquals(code, e.code(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
    return e;
  }
}
