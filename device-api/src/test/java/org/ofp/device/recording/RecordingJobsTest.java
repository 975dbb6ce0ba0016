// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;

/** Jobs that run on after {@code submit} do so behind a recording too. */
class RecordingJobsTest {
  private static final int JOBS = 5;

  @TempDir Path folder;

  /** Works on jobs in a thread of its own, once it is let. */
  private static final class PipeliningStub extends StubBench {
    final CountDownLatch let = new CountDownLatch(1);
    final ExecutorService worker = Executors.newSingleThreadExecutor();
    volatile int failing = -1;
    private int submitted;

    PipeliningStub() {
      super(11, 64);
    }

    @Override
    public synchronized Job submit(FrameSequence sequence, JobOptions options) {
      int number = submitted++;
      return new FutureJob(
          CompletableFuture.runAsync(
              () -> {
                try {
                  let.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                if (number == failing) {
                  throw new DeviceException(ErrorCode.DEVICE_FAILURE, "the stub failed");
                }
                super.submit(sequence, options).await();
              },
              worker));
    }

    @Override
    public void close() {
      super.close();
      worker.shutdown();
    }
  }

  /** A job that is done with the last of the actions that were to be done at its end. */
  private static final class FutureJob implements Job {
    private final CompletableFuture<Void> work;
    private CompletableFuture<Void> end;

    FutureJob(CompletableFuture<Void> work) {
      this.work = work;
      end = work;
    }

    @Override
    public synchronized boolean isDone() {
      return end.isDone();
    }

    @Override
    public void await() {
      CompletableFuture<Void> all;
      synchronized (this) {
        all = end;
      }
      try {
        all.join();
      } catch (CompletionException e) {
        throw (DeviceException) e.getCause();
      }
    }

    @Override
    public FrameStatus status(int i) {
      return !work.isDone()
          ? FrameStatus.WAITING
          : work.isCompletedExceptionally() ? FrameStatus.FAILED : FrameStatus.DONE;
    }

    @Override
    public synchronized void whenDone(Runnable action) {
      end =
          end.handle(
              (nothing, failure) -> {
                action.run();
                if (failure != null) {
                  throw new CompletionException(
                      failure instanceof CompletionException ? failure.getCause() : failure);
                }
                return null;
              });
    }
  }

  @Test
  @Timeout(60)
  void jobsStayInFlightAndAreRecordedWhenAwaited() {
    PipeliningStub stub = new PipeliningStub();
    stub.failing = 2;
    List<FrameSequence> sequences = new ArrayList<>();
    try (RecordingDevice device = Recordings.record(stub, folder.resolve("jobs.ofpr"), false)) {
      List<Job> jobs = new ArrayList<>();
      for (int j = 0; j < JOBS; j++) {
        sequences.add(StubBench.sequence(new Random(j), new FrameShape(16, 8), 3, 1));
        jobs.add(device.submit(sequences.get(j), JobOptions.defaults()));
      }
      // All were taken while none is done: nothing waits for a result.
      assertTrue(jobs.stream().noneMatch(Job::isDone));
      stub.let.countDown();
      for (int j = 0; j < JOBS; j++) {
        if (j == stub.failing) {
          assertThrows(DeviceException.class, jobs.get(j)::await);
        } else {
          jobs.get(j).await();
          // The caller's again: what he does to it now is not in the recording.
          sequences.set(j, withResults(sequences.get(j)));
        }
      }
    }
    try (ReplayDevice replay = Recordings.replay(folder.resolve("jobs.ofpr"), false);
        Recording recording = Recording.open(folder.resolve("jobs.ofpr"))) {
      assertEquals(3 * (JOBS - 1), recording.frames().size());
      assertEquals(List.of("job 2: 3 of 3 frames have no result"), recording.failures());
      for (int j = 0; j < JOBS; j++) {
        if (j != stub.failing) {
          FrameSequence again = StubBench.copy(sequences.get(j));
          replay.submit(again, JobOptions.defaults()).await();
          Recordings.assertSame(sequences.get(j), again);
        }
      }
    }
  }

  private static FrameSequence withResults(FrameSequence job) {
    FrameSequence copy = StubBench.copy(job);
    copy.counts().put(0, job.counts(), 0, job.counts().capacity());
    for (int i = 0; i < job.size(); i++) {
      copy.exposure(i, 0, job.exposure(i, 0));
      copy.saturated(i, 0, job.saturated(i, 0));
    }
    for (int k = 0; k < job.amplitudes().capacity(); k++) {
      job.amplitudes().put(k, Float.NaN);
    }
    return copy;
  }
}
