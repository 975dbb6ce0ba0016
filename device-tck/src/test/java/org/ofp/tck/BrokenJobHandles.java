// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.broken;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.job.JobQueue;

/** Defects of jobs that run on after {@code submit}, and of what they tell. */
final class BrokenJobHandles {
  private BrokenJobHandles() {}

  static List<BrokenDevice> all() {
    return List.of(
        broken("S20", "cancelled jobs fail", "", () -> queued(FailsWhenCancelled::new)),
        broken("S20", "jobs that are done can be cancelled", "", () -> queued(AlwaysRunning::new)),
        broken("S21", "the last frame is not counted", "", () -> queued(Miscounting::new)),
        broken("S21", "progress of another job", "", () -> queued(OneFrameOnly::new)),
        broken("S22", "results of another device", "", () -> queued(Misattributed::new)),
        broken("S23", "nobody is told of the end", "", () -> queued(Silent::new)),
        broken("S23", "the end is told of too early", "", () -> queued(Hasty::new)));
  }

  private static OpticalFourierDevice queued(UnaryOperator<Job> defect) {
    return new ForwardingDevice(new JobQueue(new ReferenceDevice(COHERENT))) {
      @Override
      public Job submit(FrameSequence sequence, JobOptions options) {
        return defect.apply(super.submit(sequence, options));
      }
    };
  }

  /** Passes everything on. */
  private static class Forwarding implements Job {
    final Job job;

    Forwarding(Job job) {
      this.job = job;
    }

    @Override
    public boolean isDone() {
      return job.isDone();
    }

    @Override
    public void await() {
      job.await();
    }

    @Override
    public boolean cancel() {
      return job.cancel();
    }

    @Override
    public JobProgress progress() {
      return job.progress();
    }

    @Override
    public FrameStatus status(int i) {
      return job.status(i);
    }

    @Override
    public JobReport report() {
      return job.report();
    }

    @Override
    public void whenDone(Runnable action) {
      job.whenDone(action);
    }
  }

  private static final class FailsWhenCancelled extends Forwarding {
    private volatile boolean cancelled;

    FailsWhenCancelled(Job job) {
      super(job);
    }

    @Override
    public boolean cancel() {
      cancelled = true;
      return super.cancel();
    }

    @Override
    public void await() {
      if (cancelled) {
        throw new DeviceException(ErrorCode.DEVICE_FAILURE, "the transfer was broken off");
      }
      super.await();
    }
  }

  private static final class AlwaysRunning extends Forwarding {
    AlwaysRunning(Job job) {
      super(job);
    }

    @Override
    public boolean cancel() {
      super.cancel();
      return true;
    }
  }

  private static final class Miscounting extends Forwarding {
    Miscounting(Job job) {
      super(job);
    }

    @Override
    public JobProgress progress() {
      JobProgress p = super.progress();
      return new JobProgress(Math.min(p.framesDone(), p.frames() - 1), p.frames(), p.done());
    }
  }

  private static final class OneFrameOnly extends Forwarding {
    OneFrameOnly(Job job) {
      super(job);
    }

    @Override
    public JobProgress progress() {
      return new JobProgress(1, 1, super.progress().done());
    }
  }

  private static final class Misattributed extends Forwarding {
    Misattributed(Job job) {
      super(job);
    }

    @Override
    public JobReport report() {
      JobReport r = super.report();
      return new JobReport(
          "another",
          r.calibration(),
          r.queued(),
          r.running(),
          r.attempts(),
          r.clippedShare(),
          r.seed());
    }
  }

  private static final class Silent extends Forwarding {
    Silent(Job job) {
      super(job);
    }

    @Override
    public void whenDone(Runnable action) {
      // Forgotten.
    }
  }

  private static final class Hasty extends Forwarding {
    Hasty(Job job) {
      super(job);
    }

    @Override
    public void whenDone(Runnable action) {
      action.run();
      super.whenDone(action);
    }
  }
}
