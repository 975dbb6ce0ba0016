// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.fault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;
import org.ofp.device.ErrorCode;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.StageTimes;
import org.ofp.device.Telemetry;
import org.ofp.device.VerbSequencer;

/**
 * A device with the faults of a {@link FaultPlan}. With an empty plan it passes everything on, jobs
 * as a whole; else it runs jobs frame by frame, one job at a time, and hides extensions by which
 * frames could go past it. After a fault for good the device behind is closed, description and
 * telemetry stay as they were, and everything else fails. {@link #close} ends delays and hangs.
 */
final class FaultyDevice extends ForwardingDevice {
  /** Frames whose failures are remembered: of more, those that failed first are forgotten. */
  private static final int MAX_FAILED = 4096;

  private record FrameName(long id, int repeat) {}

  private final FaultPlan plan;
  private final DeviceDescription description;
  private final FaultyCounts counts;
  private final ReentrantLock jobs = new ReentrantLock(true);
  private final FaultyWait wait;
  private final AtomicLong saturated = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final Map<FrameName, Integer> failed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameName, Integer> eldest) {
          return size() > MAX_FAILED;
        }
      };
  private volatile Loss loss;

  // Of the verbs, which one thread at a time calls.
  private long frames;
  private FrameName frame;
  private long number;
  private Map<Fault, Double> faults = Map.of();
  private boolean firstRead;
  private boolean loaded;
  private boolean lit;

  /** Shape of the frame that is really shown, or null. */
  private FrameShape shown;

  /** What is left of a device that is gone. */
  private record Loss(ErrorCode code, String message, Telemetry telemetry) {}

  FaultyDevice(OpticalFourierDevice device, FaultPlan plan) {
    super(device);
    this.plan = plan;
    wait = new FaultyWait(plan.ignoresInterrupts());
    description = plan.confess(device.description());
    counts = new FaultyCounts(plan, description);
    if (plan.needsFullScale() && Double.isInfinite(description.calibration().fullScale())) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED,
          "values of '"
              + description.name()
              + "' have no full scale to be stuck below or saturate at; leave saturate and stuck"
              + " out, or give the device a converter, such as sim:ideal?adc.bits=12");
    }
  }

  @Override
  public DeviceDescription description() {
    if (loss == null || wait.isClosed()) {
      super.description(); // which a closed device refuses
    }
    return description;
  }

  @Override
  public void load(SlmFrame next) {
    requirePresent();
    FrameChecks.requireAdmissible(next, description.capabilities());
    number = frames++;
    frame = new FrameName(next.id(), next.repeat());
    faults = plan.faults(number, next.id(), next.repeat(), failed.getOrDefault(frame, 0));
    firstRead = true;
    loaded = false;
    lit = false;
    breakDown();
    if (faults.containsKey(Fault.HANG)) {
      wait.forNanos(Long.MAX_VALUE);
    }
    if (faults.containsKey(Fault.FAIL)) {
      throw transientFailure("could not be loaded");
    }
    if (!faults.containsKey(Fault.STALE) || !next.shape().equals(shown)) {
      shown = null;
      super.load(next);
      shown = next.shape();
    }
    loaded = true;
  }

  @Override
  public void transform() {
    requirePresent();
    if (!loaded) {
      throw DriverErrors.nothingLoaded();
    }
    super.transform();
    lit = true;
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    requirePresent();
    if (!lit) {
      throw DriverErrors.noField();
    }
    if (firstRead && faults.containsKey(Fault.LATENCY)) {
      wait.forNanos(Math.round(faults.get(Fault.LATENCY) * 1e9));
    }
    super.read(readout, into);
    if (firstRead && faults.containsKey(Fault.DROP)) {
      firstRead = false;
      throw transientFailure("was read, but the counts were lost");
    }
    firstRead = false;
    describe(into, into.saturated());
    int clipped = counts.spoil(into, number, faults.getOrDefault(Fault.SATURATE, 0.0));
    saturated.addAndGet(clipped);
    describe(into, into.saturated() + clipped);
  }

  /** As the device says, which does not know when another frame is shown. */
  private void describe(DetectorFrame into, int clipped) {
    into.describe(
        frame.id(),
        frame.repeat(),
        into.exposure(),
        into.gain(),
        clipped,
        into.calibrationId(),
        into.timestampNanos());
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    if (plan.isEmpty()) {
      return super.submit(sequence, options);
    }
    requirePresent();
    try {
      jobs.lockInterruptibly();
    } catch (InterruptedException e) {
      throw FaultyWait.interrupted(e);
    }
    try {
      return VerbSequencer.run(this, sequence, options);
    } finally {
      jobs.unlock();
    }
  }

  @Override
  public Telemetry telemetry() {
    Loss lost = loss;
    if (lost != null && !wait.isClosed()) {
      return lost.telemetry;
    }
    Telemetry t = super.telemetry();
    return t.saturated(t.saturatedPixels() + saturated.get())
        .failures(t.errors() + errors.get(), t.retries());
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    return plan.isEmpty() || capability == StageTimes.class
        ? super.extension(capability)
        : Optional.empty();
  }

  @Override
  public void close() {
    wait.close();
    super.close();
  }

  /** Fails for good if this frame is to. */
  private void breakDown() {
    if (faults.containsKey(Fault.DISCONNECT)) {
      lose(ErrorCode.DEVICE_LOST, "was lost");
    } else if (faults.containsKey(Fault.PERMANENT)) {
      lose(ErrorCode.DEVICE_FAILURE, "failed for good");
    }
  }

  /** What is behind goes dark: nobody can tell it to any more. */
  private void lose(ErrorCode code, String how) {
    String message =
        description.name()
            + " "
            + how
            + " at its frame "
            + number
            + ", as 'faulty:' was told to; close it and open it anew";
    errors.incrementAndGet();
    loss = new Loss(code, message, telemetry());
    DeviceException failure = new DeviceException(code, message);
    try {
      super.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    throw failure;
  }

  private void requirePresent() {
    Loss lost = loss;
    if (wait.isClosed()) {
      throw DriverErrors.closed();
    }
    if (lost != null) {
      throw new DeviceException(lost.code, lost.message);
    }
  }

  private DeviceException transientFailure(String what) {
    failed.merge(frame, 1, Integer::sum);
    errors.incrementAndGet();
    return new DeviceException(
        ErrorCode.TRANSIENT_FAILURE,
        "frame "
            + frame.id()
            + " (number "
            + number
            + ") "
            + what
            + ", as 'faulty:' was told to; try it again");
  }
}
