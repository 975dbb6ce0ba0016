// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job.FrameStatus;
import org.ofp.device.Job.JobProgress;
import org.ofp.device.Job.JobReport;
import org.ofp.device.JobOptions;

/**
 * A job's way from submission to its end: waiting, running, ended (whoever {@link #claim}s it alone
 * decides how), done (what was to be done at the end has been done). Guarded by itself.
 */
final class JobRun {
  private final FrameSequence sequence;
  private final JobOptions options;
  private final DeviceDescription description;
  private final int frames;
  private final Deadline deadline;
  private final List<Runnable> actions = new ArrayList<>();
  private final JobEvent event = new JobEvent();
  private final List<Future<?>> alarms = new ArrayList<>();

  /** The driver's copy of the sequence in the attempt that runs, else null. */
  private FrameSequence copy;

  private Thread worker;
  private long begun;
  private long ended;
  private long attemptBegun;
  private int attempts;
  private DeviceException ending;
  private Thread finisher;
  private BitSet delivered = new BitSet();
  private DeviceException failure;
  private JobReport report;
  private boolean done;

  JobRun(FrameSequence sequence, JobOptions options, DeviceDescription description) {
    this.sequence = sequence;
    this.options = options;
    this.description = description;
    frames = sequence.size();
    deadline = new Deadline(options.deadline(), frames, System.nanoTime());
  }

  FrameSequence sequence() {
    return sequence;
  }

  JobOptions options() {
    return options;
  }

  DeviceDescription description() {
    return description;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Keeps what is to happen unless the job ends before. */
  synchronized void keep(Future<?> alarm) {
    alarms.add(alarm);
    if (finisher != null) {
      alarm.cancel(false);
    }
  }

  /** Says that the job is to end early; the first reason counts. False if it has ended. */
  synchronized boolean requestEnd(DeviceException why) {
    if (finisher != null) {
      return false;
    }
    if (ending == null) {
      ending = why;
    }
    if (worker != null) {
      worker.interrupt();
    }
    notifyAll();
    return true;
  }

  /** Why it is to end early, else null. */
  synchronized DeviceException ending() {
    return ending;
  }

  synchronized boolean isRunning() {
    return worker != null;
  }

  /** From now on the calling thread is interrupted if the job is to end. */
  synchronized void enter() {
    Thread.interrupted(); // left by what was done at the end of the job before
    begun = System.nanoTime();
    event.begin();
    worker = Thread.currentThread();
    if (ending != null) {
      worker.interrupt();
    }
  }

  /** The end of {@link #enter}. */
  synchronized void leave() {
    worker = null;
    Thread.interrupted(); // it was this job's; the next must not feel it
  }

  synchronized void beginAttempt(FrameSequence into) {
    copy = into;
    attemptBegun = System.nanoTime();
    attempts++;
  }

  synchronized int attempts() {
    return attempts;
  }

  /** Waits before the next attempt; false if the job is to end instead. */
  synchronized boolean pause(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      for (long left = wait.toNanos(); ending == null && left > 0; left = end - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      // Only requestEnd interrupts the worker.
      return false;
    }
    return ending == null;
  }

  /** Mean nanoseconds of the frames that were read in this attempt, 0 before the first. */
  synchronized long frameNanos() {
    int read = framesRead();
    return read == 0 ? 0 : (copy.lastReadNanos() - attemptBegun) / read;
  }

  private int framesRead() {
    int read = 0;
    for (int i = 0; copy != null && i < frames; i++) {
      read += copy.isRead(i) ? 1 : 0;
    }
    return read;
  }

  /** Makes the calling thread the one that ends the job; false if there is one already. */
  synchronized boolean claim() {
    if (finisher != null) {
      return false;
    }
    finisher = Thread.currentThread();
    alarms.forEach(alarm -> alarm.cancel(false));
    return true;
  }

  /**
   * Ends the job; for the thread that has claimed it.
   *
   * @param results frames whose results are in the caller's sequence
   * @param why it failed, else null
   */
  void finish(BitSet results, DeviceException why) {
    synchronized (this) {
      ended = System.nanoTime();
      failure = why;
      delivered = results;
      copy = null;
      long start = begun;
      if (start == 0) {
        start = ended;
        event.begin();
      }
      report =
          JobReport.of(
              sequence,
              description,
              Duration.ofNanos(start - deadline.submitted()),
              Duration.ofNanos(ended - start),
              attempts);
      event.ended(report, frames, why);
    }
    while (true) {
      List<Runnable> due;
      synchronized (this) {
        if (actions.isEmpty()) {
          done = true;
          notifyAll();
          return;
        }
        due = List.copyOf(actions);
        actions.clear();
      }
      due.forEach(this::act);
    }
  }

  private void act(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      DeviceException problem = JobAttempts.failureOf(e, "what was to be done at the end of a job");
      synchronized (this) {
        if (failure == null) {
          failure = problem;
        } else if (failure != problem) {
          failure.addSuppressed(problem);
        }
      }
    }
  }

  void whenDone(Runnable action) {
    synchronized (this) {
      if (!done) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /** What is done at the end sees the job as done, everybody else when that has been done. */
  synchronized boolean isDone() {
    return done || (report != null && finisher == Thread.currentThread());
  }

  synchronized void awaitEnd() throws InterruptedException {
    while (!isDone()) {
      wait();
    }
  }

  /** Waits so long at most, and not if the thread is interrupted. */
  synchronized void awaitEnd(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      for (long left = nanos; !isDone() && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void requireResult() {
    if (failure != null) {
      throw failure;
    }
  }

  synchronized JobProgress progress() {
    // Between the results and the end of what is done then, it is the results that count.
    return report == null
        ? new JobProgress(framesRead(), frames, false)
        : new JobProgress(delivered.cardinality(), frames, isDone());
  }

  synchronized FrameStatus status(int i) {
    if (i < 0 || i >= frames) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "the job has no frame " + i + "; it has " + frames + ", counted from 0");
    }
    if (report != null) {
      return delivered.get(i) ? FrameStatus.DONE : FrameStatus.FAILED;
    }
    return copy != null && copy.isRead(i) ? FrameStatus.DONE : FrameStatus.WAITING;
  }

  synchronized JobReport report() {
    if (!isDone()) {
      throw new DeviceException(
          ErrorCode.ILLEGAL_STATE, "the job is not done, so that there is no report; await it");
    }
    return report;
  }
}
