// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.Readout;

/** Chapter H: who may call when. */
public abstract class ThreadRules extends RuleChapter {
  private static final int THREADS = 4;
  private static final int ROUNDS = 8;
  private static final int FRAMES = 16;

  /** A job that takes longer hangs. */
  private static final long PATIENCE_SECONDS = 60;

  private ExecutorService threads;

  @BeforeEach
  void startThreads() {
    threads =
        Executors.newCachedThreadPool(
            task -> {
              // A device that hangs must not keep the virtual machine alive.
              Thread thread = new Thread(task, "ofp-tck");
              thread.setDaemon(true);
              return thread;
            });
  }

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Rule("H1")
  void h1AnyThreadMayAskForTelemetryDuringAJob() throws Exception {
    Callable<float[]> job = job(1);
    CountDownLatch working = new CountDownLatch(1);
    AtomicBoolean enough = new AtomicBoolean();
    Future<?> worker =
        threads.submit(
            () -> {
              do {
                job.call();
                working.countDown();
              } while (!enough.get());
              return null;
            });
    try {
      working.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      askWhileWorking();
    } finally {
      enough.set(true);
    }
    result(worker);
  }

  private void askWhileWorking() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
    long last = 0;
    do {
      long frames = device.telemetry().framesLoaded();
      Expect.that(frames >= last, "the count of frames went back");
      last = frames;
      device.description();
    } while (System.nanoTime() < end);
  }

  @Rule("H2")
  void h2JobsMayComeFromOneThreadAfterTheOther() throws Exception {
    float[] here = job(2).call();
    Readings.requireAlike(bench, "a job of another thread", result(threads.submit(job(2))), here);
  }

  @Rule("H3")
  void h3JobsAtOnceAreRightOrRefused() throws Exception {
    List<float[]> expected = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      expected.add(job(t).call());
    }
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    List<Future<?>> workers = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Callable<float[]> job = job(t);
      float[] alone = expected.get(t);
      workers.add(
          threads.submit(
              () -> {
                requireRightOrRefused(barrier, job, alone);
                return null;
              }));
    }
    for (Future<?> worker : workers) {
      result(worker);
    }
  }

  /** Runs a job again and again; a refusal is as good as a result, a wrong result is not. */
  private void requireRightOrRefused(CyclicBarrier barrier, Callable<float[]> job, float[] alone)
      throws Exception {
    barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (int round = 0; round < ROUNDS; round++) {
      try {
        Readings.requireAlike(bench, "a job beside others", job.call(), alone);
      } catch (DeviceException e) {
        Expect.that(
            e.code() == ErrorCode.ILLEGAL_STATE,
            "a job beside others must be served or end in ILLEGAL_STATE, not in " + e.code());
      }
    }
  }

  @Rule("H4")
  void h4ClosingEndsJobsOrLetsThemEnd() throws Exception {
    Future<float[]> running = threads.submit(job(3));
    device.close();
    try {
      result(running);
    } catch (DeviceException e) {
      Expect.that(
          e.code() == ErrorCode.CLOSED,
          "a job on a device that is closed must end in CLOSED, not in " + e.code());
    }
  }

  private Callable<float[]> job(int which) {
    TestFrame frame = bench.patterns().random(80 + which);
    Readout readout = Readings.readout(bench, frame);
    FrameSequence sequence = bench.sequence(Collections.nCopies(FRAMES, frame), List.of(readout));
    for (int i = 0; i < FRAMES; i++) {
      sequence.identify(i, 1000L * which + i, 0);
    }
    return () -> bench.counts(bench.run(sequence), FRAMES - 1);
  }

  /** The result of a task, or what it threw, in bounded time. */
  private static <T> T result(Future<T> task) throws Exception {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("a job hangs for " + PATIENCE_SECONDS + " s", e);
    }
  }
}
