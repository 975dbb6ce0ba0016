// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.broken;
import static org.ofp.tck.BrokenDevices.runPlainly;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.Readout;
import org.ofp.device.Telemetry;

/** Defects of drivers that treat jobs wrongly. */
final class BrokenJobs {
  private BrokenJobs() {}

  static List<BrokenDevice> all() {
    return List.of(
        broken(
            "S2",
            "stale frames: every result is that of the frame before",
            "D4 F15",
            StaleFrames::new),
        broken(
            "S7",
            "a job that is never done",
            "S21 S22",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    Job job = super.submit(sequence, options);
                    return new Job() {
                      @Override
                      public boolean isDone() {
                        return false;
                      }

                      @Override
                      public void await() {
                        job.await();
                      }
                    };
                  }
                }),
        broken(
            "S9",
            "every deadline counts as passed",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    if (options.deadline().isPresent()) {
                      throw new DeviceException(
                          ErrorCode.DEADLINE_EXCEEDED, "the deadline has passed");
                    }
                    return super.submit(sequence, options);
                  }
                }),
        broken(
            "S12",
            "jobs counted as shown before they are checked",
            "S13",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    frames.incrementAndGet();
                    return super.submit(sequence, options);
                  }
                }),
        broken("H1", "no telemetry during a job", "", BusyTelemetry::new),
        broken(
            "S3",
            "results of two readouts exchanged",
            "S19",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    Job job = super.submit(sequence, options);
                    if (sequence.readouts().size() == 2) {
                      exchange(sequence);
                    }
                    return job;
                  }
                }),
        broken(
            "S4",
            "the whole capacity is worked on",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    return sequence.size() < sequence.capacity()
                        ? runPlainly(this, sequence, true)
                        : super.submit(sequence, options);
                  }
                }),
        broken(
            "S6",
            "automatic exposure ignored",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    return sequence.exposureControl().equals(ExposureControl.fixed())
                        ? super.submit(sequence, options)
                        : runPlainly(this, sequence, false);
                  }
                }),
        broken(
            "S19",
            "all metered reads of a frame as long as the first",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    return sequence.exposureControl().automatic()
                        ? meteredAlike(sequence, options)
                        : super.submit(sequence, options);
                  }

                  private Job meteredAlike(FrameSequence sequence, JobOptions options) {
                    Readout first = sequence.readouts().get(0);
                    FrameSequence alike =
                        new FrameSequence(
                            sequence.shape(),
                            sequence.capacity(),
                            Collections.nCopies(sequence.readouts().size(), first),
                            sequence.planes(),
                            sequence.exposureControl(),
                            sequence.amplitudes(),
                            sequence.counts());
                    for (int i = 0; i < sequence.size(); i++) {
                      alike.identify(i, sequence.id(i), sequence.repeat(i));
                      alike.meterExposure(i, sequence.meterExposure(i));
                    }
                    Job job = super.submit(alike.size(sequence.size()), options);
                    for (int i = 0; i < sequence.size(); i++) {
                      for (int r = 0; r < sequence.readouts().size(); r++) {
                        sequence.exposure(i, r, alike.exposure(i, r));
                        sequence.saturated(i, r, alike.saturated(i, r));
                      }
                    }
                    return job;
                  }
                }),
        broken(
            "S8",
            "deadline ignored",
            "E1 E2",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    return super.submit(sequence, JobOptions.defaults());
                  }
                }),
        broken(
            "S10",
            "interrupt ignored",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    boolean interrupted = Thread.interrupted();
                    try {
                      return super.submit(sequence, options);
                    } finally {
                      if (interrupted) {
                        Thread.currentThread().interrupt();
                      }
                    }
                  }
                }),
        broken(
            "S10",
            "interrupt status swallowed",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    try {
                      return super.submit(sequence, options);
                    } finally {
                      Thread.interrupted();
                    }
                  }
                }),
        broken(
            "R18",
            "the first read's exposure reported for all",
            "S19",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    Job job = super.submit(sequence, options);
                    for (int i = 0; i < sequence.size(); i++) {
                      for (int r = 1; r < sequence.readouts().size(); r++) {
                        sequence.exposure(i, r, sequence.exposure(i, 0));
                      }
                    }
                    return job;
                  }
                }),
        broken(
            "S13",
            "reads of jobs not counted",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Job submit(FrameSequence sequence, JobOptions options) {
                    long before = reads.get();
                    Job job = super.submit(sequence, options);
                    reads.set(before);
                    return job;
                  }
                }),
        broken(
            "S15",
            "device time stands still",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public Telemetry telemetry() {
                    Telemetry t = super.telemetry();
                    return new Telemetry(
                        t.framesLoaded(), t.reads(), t.saturatedPixels(), Duration.ZERO);
                  }
                }),
        broken("H2", "jobs of one thread only", "H3 S11", OneThread::new),
        broken("H3", "jobs of several threads mixed", "", MixedJobs::new));
  }

  private static void exchange(FrameSequence sequence) {
    int values = sequence.planes() * sequence.shape().pixels();
    float[] first = new float[values];
    float[] second = new float[values];
    for (int i = 0; i < sequence.size(); i++) {
      sequence.counts().get(sequence.countOffset(i, 0), first);
      sequence.counts().get(sequence.countOffset(i, 1), second);
      sequence.counts().put(sequence.countOffset(i, 0), second);
      sequence.counts().put(sequence.countOffset(i, 1), first);
    }
  }

  private static final class StaleFrames extends ReferenceDevice {
    private double[] before;
    private boolean inJob;

    StaleFrames() {
      super(COHERENT);
    }

    @Override
    public Job submit(FrameSequence sequence, JobOptions options) {
      before = null;
      inJob = true;
      try {
        return super.submit(sequence, options);
      } finally {
        inJob = false;
      }
    }

    @Override
    double[] lens(FrameShape shape, double[] shown) {
      double[] stale = inJob && before != null ? before : shown;
      before = shown;
      return super.lens(shape, stale);
    }
  }

  private static final class BusyTelemetry extends ReferenceDevice {
    private volatile boolean busy;

    BusyTelemetry() {
      super(COHERENT);
    }

    @Override
    public Job submit(FrameSequence sequence, JobOptions options) {
      busy = true;
      try {
        return super.submit(sequence, options);
      } finally {
        busy = false;
      }
    }

    @Override
    public Telemetry telemetry() {
      if (busy) {
        throw new DeviceException(ErrorCode.ILLEGAL_STATE, "the device is busy");
      }
      return super.telemetry();
    }
  }

  /** Verbs are safe one by one, jobs are not safe from each other. */
  private static final class MixedJobs extends ReferenceDevice {
    MixedJobs() {
      super(COHERENT);
    }

    @Override
    Object jobLock() {
      return new Object();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // what happens between verbs is not
    public void transform() {
      super.transform();
      LockSupport.parkNanos(20_000); // here the other jobs get in
    }
  }

  /** Works for the first thread that submits a job only. */
  private static final class OneThread extends ReferenceDevice {
    private final AtomicReference<Thread> owner = new AtomicReference<>();

    OneThread() {
      super(COHERENT);
    }

    @Override
    public Job submit(FrameSequence sequence, JobOptions options) {
      owner.compareAndSet(null, Thread.currentThread());
      if (owner.get() != Thread.currentThread()) {
        throw new DeviceException(ErrorCode.DEVICE_FAILURE, "no context in this thread");
      }
      return super.submit(sequence, options);
    }
  }
}
