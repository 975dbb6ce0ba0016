// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.lang.System.Logger.Level;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Telemetry;

/**
 * The inside of a queue: a thread that gives jobs to the device, and those who end jobs early. Does
 * not refer to the queue, which so can be collected when it is lost.
 */
final class JobWorker {
  /** How long a device is given to close that hangs or has no more time. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OpticalFourierDevice device;
  private final DeviceDescription description;
  private final JobQueue.Settings settings;
  private final DeviceGate gate;
  private final Backlog backlog;
  private final ResultCopy results;

  /** Mean of a job whose frames took longest so far. */
  private volatile long longestFrameNanos;

  JobWorker(
      OpticalFourierDevice device, DeviceDescription description, JobQueue.Settings settings) {
    this.device = device;
    this.description = description;
    this.settings = settings;
    gate = new DeviceGate(description.id());
    backlog = new Backlog(settings, gate);
    results = new ResultCopy(description.capabilities().preferredBuffers());
    Alarms.daemon("ofp-queue " + description.id(), this::work).start();
  }

  void requireOpen() {
    gate.requireOpen();
  }

  void requireUsable() {
    gate.requireUsable();
  }

  void call(Runnable verb) {
    gate.useCounted(verb);
  }

  Telemetry failures(Telemetry inner) {
    return gate.failures(inner);
  }

  void enqueue(JobRun run) {
    backlog.put(run);
    if (run.options().deadline().isPresent()) {
      run.keep(Alarms.after(run.deadline().remaining(), () -> end(run, run.deadline().passed())));
    }
  }

  private void work() {
    JobRun run = backlog.take();
    while (run != null) {
      run.enter();
      JobAttempts.Outcome outcome;
      try {
        JobRun current = run;
        outcome = new JobAttempts(device, gate, run, results, why -> end(current, why)).run();
      } catch (RuntimeException | Error e) {
        outcome = new JobAttempts.Outcome(null, JobAttempts.failureOf(e, "the queue"));
      } finally {
        longestFrameNanos = Math.max(longestFrameNanos, run.frameNanos());
        run.leave();
      }
      if (claimOrComeBack(run)) {
        outcome.finish(run);
      } else {
        results.abandon();
      }
      run = backlog.take();
    }
  }

  /** False if the job ended without its driver, which has come back now. */
  private synchronized boolean claimOrComeBack(JobRun run) {
    boolean claimed = run.claim();
    if (!claimed) {
      gate.cameBack();
    }
    return claimed;
  }

  private synchronized boolean claimAndHang(JobRun run) {
    boolean claimed = run.claim();
    if (claimed) {
      gate.hang();
    }
    return claimed;
  }

  /** Ends a job early; false if it has ended. */
  boolean end(JobRun run, DeviceException why) {
    if (!run.requestEnd(why)) {
      return false;
    }
    if (backlog.remove(run)) {
      finish(run, why);
    } else if (run.isRunning()) {
      run.keep(Alarms.after(graceNanos(run), () -> abandon(run)));
    }
    return true;
  }

  private static void finish(JobRun run, DeviceException why) {
    if (run.claim()) {
      run.finish(new BitSet(), why);
    }
  }

  private long graceNanos(JobRun run) {
    double declared = description.capabilities().framePeriod();
    for (var readout : run.sequence().readouts()) {
      declared += description.capabilities().readPeriod() + readout.exposure();
    }
    // Of this job, or of those before while nothing has been read of this one.
    long seen = Math.max(run.frameNanos(), Math.min(longestFrameNanos, CLOSE_NANOS));
    long frame = Math.max((long) (declared * 1e9), 2 * seen);
    return TimeUnit.NANOSECONDS.convert(settings.grace()) + frame;
  }

  /** The driver has not returned in time: the job ends, and the device counts as hung. */
  private void abandon(JobRun run) {
    if (!claimAndHang(run)) {
      return;
    }
    DeviceException hung = gate.hungFailure();
    run.finish(new BitSet(), run.ending());
    backlog.drain().forEach(behind -> finish(behind, hung));
  }

  /** For devices that were lost and for the end of the virtual machine: takes a second at most. */
  void makeSafe() {
    close(false);
  }

  /**
   * Ends all jobs and closes the device.
   *
   * @param patient whether a device that works may take as long as it likes
   */
  void close(boolean patient) {
    if (!gate.close()) {
      return;
    }
    backlog.drain().forEach(run -> finish(run, gate.closedFailure()));
    JobRun running = backlog.current();
    if (running != null) {
      end(running, gate.closedFailure());
      if (patient) {
        awaitEnd(running);
      } else {
        running.awaitEnd(CLOSE_NANOS);
      }
    }
    backlog.close();
    if (patient && !gate.hangs() && gate.takeTurn(CLOSE_NANOS)) {
      try {
        device.close();
      } finally {
        gate.endTurn();
      }
    } else {
      closeElsewhere();
    }
  }

  private static void awaitEnd(JobRun run) {
    boolean interrupted = false;
    while (true) {
      try {
        run.awaitEnd();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the job ends soon, however
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeElsewhere() {
    System.Logger logger = System.getLogger(JobQueue.class.getName());
    Thread closer =
        Alarms.daemon(
            "ofp-close",
            () -> {
              try {
                device.close();
              } catch (RuntimeException | LinkageError e) {
                logger.log(Level.WARNING, "closing '" + description.id() + "' failed", e);
              }
            });
    closer.start();
    try {
      closer.join(TimeUnit.NANOSECONDS.toMillis(CLOSE_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closer.isAlive()) {
      logger.log(
          Level.WARNING,
          "device '"
              + description.id()
              + "' hangs and was not closed within a second; look whether its source is off");
    }
  }
}
