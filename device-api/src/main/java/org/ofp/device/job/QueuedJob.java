// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.Job;
import org.ofp.device.LeakWatch;

/** What the owner of a job holds; keeps the queue from being collected, nothing keeps it. */
final class QueuedJob implements Job {
  private final JobQueue queue;
  private final JobRun run;
  private final LeakWatch leakWatch;

  QueuedJob(JobQueue queue, JobRun run) {
    this.queue = queue;
    this.run = run;
    leakWatch = LeakWatch.job(this, run.description().id());
  }

  /** The job was never handed out. */
  void disown() {
    leakWatch.closed();
  }

  @Override
  public boolean isDone() {
    return run.isDone();
  }

  @Override
  public void await() {
    leakWatch.closed();
    boolean interrupted = false;
    while (true) {
      try {
        run.awaitEnd();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        queue.end(run, cancelled("the thread that waited for the job was interrupted"));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    run.requireResult();
  }

  @Override
  public boolean cancel() {
    return queue.end(run, cancelled("the job was cancelled"));
  }

  private static DeviceException cancelled(String message) {
    return new DeviceException(ErrorCode.CANCELLED, message);
  }

  @Override
  public JobProgress progress() {
    return run.progress();
  }

  @Override
  public FrameStatus status(int i) {
    return run.status(i);
  }

  @Override
  public JobReport report() {
    return run.report();
  }

  @Override
  public void whenDone(Runnable action) {
    run.whenDone(action);
  }
}
