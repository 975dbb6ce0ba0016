// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.RetryPolicy;

/** Gives a job to the device, again if that is wanted, until it has a result or fails. */
final class JobAttempts {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final OpticalFourierDevice device;
  private final DeviceGate gate;
  private final JobRun run;
  private final ResultCopy results;
  private final Consumer<DeviceException> end;
  private FrameSequence copy;

  /**
   * A job's attempts.
   *
   * @param end ends the job, without the driver if need be
   */
  JobAttempts(
      OpticalFourierDevice device,
      DeviceGate gate,
      JobRun run,
      ResultCopy results,
      Consumer<DeviceException> end) {
    this.device = device;
    this.gate = gate;
    this.run = run;
    this.results = results;
    this.end = end;
  }

  /**
   * What came of it.
   *
   * @param copy of the last attempt, null if there was none
   * @param failure null if there are results
   */
  record Outcome(FrameSequence copy, DeviceException failure) {
    /** Ends the job; on failure with the results of those frames that were read. */
    void finish(JobRun run) {
      BitSet frames = new BitSet();
      for (int i = 0; copy != null && i < copy.size(); i++) {
        frames.set(i, failure == null || copy.isRead(i));
      }
      DeviceException why = failure;
      try {
        if (copy != null) {
          ResultCopy.deliver(copy, run.sequence(), frames);
        }
      } catch (RuntimeException e) {
        why = failureOf(e, "copying a job's results");
        frames.clear();
      }
      run.finish(frames, why);
    }
  }

  Outcome run() {
    DeviceException before = null;
    while (run.ending() == null) {
      DeviceException failure = attempt();
      if (failure == null && !isLate()) {
        return new Outcome(copy, null);
      }
      if (failure != null) {
        before = withCause(failure, before);
      }
      if (run.ending() != null) {
        break;
      }
      gate.count(failure);
      RetryPolicy retry = run.options().retry();
      if (!retry.retries(failure, run.attempts())) {
        return new Outcome(copy, failure);
      }
      if (!run.pause(retry.backoff(run.attempts()))) {
        break;
      }
      gate.countRetry();
    }
    return new Outcome(copy, withCause(run.ending(), before));
  }

  /** A deadline is for results, and those of a cancelled job are welcome. */
  private boolean isLate() {
    return run.ending() != null && run.ending().code() == ErrorCode.DEADLINE_EXCEEDED;
  }

  private static DeviceException withCause(DeviceException failure, DeviceException before) {
    if (failure == null) {
      return before;
    }
    if (before != null && before != failure) {
      failure.addSuppressed(before);
    }
    return failure;
  }

  private DeviceException attempt() {
    try {
      copy = results.of(run.sequence());
      run.beginAttempt(copy);
      gate.use(() -> await(device.submit(copy, JobOptions.defaults())));
      return null;
    } catch (OutOfMemoryError e) {
      return new DeviceException(
          ErrorCode.OUT_OF_MEMORY,
          "there is no memory for a job of "
              + run.sequence().size()
              + " frames and a copy of its results; submit fewer frames, or allow more with -Xmx",
          e);
    } catch (RuntimeException | Error e) {
      return failureOf(e, "the driver");
    }
  }

  /** Waits until the driver does not touch the copy any more, whatever happens to the wait. */
  private void await(Job job) {
    while (true) {
      if (run.ending() != null) {
        job.cancel();
      }
      try {
        job.await();
        return;
      } catch (DeviceException e) {
        if (job.isDone()) {
          throw e;
        }
        if (run.ending() == null) {
          end.accept(e);
        }
        Thread.interrupted();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** What callers get for anything that was thrown. */
  static DeviceException failureOf(Throwable e, String what) {
    return e instanceof DeviceException known
        ? known
        : new DeviceException(ErrorCode.INTERNAL, what + " failed: " + e, e);
  }
}
