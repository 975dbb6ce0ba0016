// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.time.Duration;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.Experimental;
import org.ofp.device.ForwardingDevice;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.LeakWatch;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;

/**
 * Runs the jobs of any device in a thread of its own, in the order of submission: {@link #submit}
 * returns at once, or waits for room if too many jobs wait already. Jobs can be cancelled, keep
 * their deadlines and are tried again as {@link JobOptions#retry} says, whatever the driver can do.
 *
 * <p><b>One job at a time.</b> The next job is submitted to the device when the one before is done,
 * and verbs wait for the job in progress. Within a job a driver that pipelines has as many frames
 * in flight as it has without a queue. {@link #extension}s are passed on and go past the queue.
 *
 * <p><b>Devices that hang.</b> A job that is to end early (cancelled, its deadline passed, a thread
 * that awaits it interrupted, the device closed) has its driver interrupted. If the driver does not
 * return within the time that a frame takes and {@link Settings#grace} more, the job ends without
 * it and the device counts as hung: waiting jobs end and calls fail at once with {@link
 * ErrorCode#DEVICE_FAILURE}, until it is closed and opened again, or until the driver comes back
 * after all. The time of a frame is the one that the capabilities declare for its period and reads,
 * or twice the mean of the frames so far if that is longer.
 *
 * <p><b>Buffers.</b> The driver writes into a copy of the sequence's results, copied over when the
 * job is done: a driver that comes back late does not write into buffers that are the caller's
 * again. That takes memory for the results of the largest job, and about 0.4 ms for a frame of
 * 512×512 pixels and four reads (of the 11 ms that the simulator needs for it). The amplitudes are
 * not copied: after a job that a hung device did not finish, memory that is freed by hand must stay
 * until {@link #close} has returned.
 *
 * <p>Safe for use by several threads.
 */
@Experimental(since = "0.1")
public final class JobQueue extends ForwardingDevice {
  private final DeviceDescription description;
  private final JobWorker worker;
  private final LeakWatch leakWatch;

  /**
   * How a queue behaves.
   *
   * @param capacity most jobs that wait, besides the one in progress; at least 1
   * @param refuse whether {@code submit} throws {@link ErrorCode#BUSY} where it would have to wait
   *     for room
   * @param grace how long a driver may take to return after its interrupt, besides the time of a
   *     frame; at most an hour
   */
  public record Settings(int capacity, boolean refuse, Duration grace) {
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);

    public Settings {
      if (capacity < 1 || grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
        throw new DeviceException(
            ErrorCode.INVALID_ARGUMENT,
            "a job queue for "
                + capacity
                + " jobs with a grace of "
                + grace
                + " is not possible; use at least 1, and 0 to 1 h");
      }
    }

    /** Eight jobs, waiting for room, 50 ms of grace. */
    public static Settings defaults() {
      return new Settings(8, false, Duration.ofMillis(50));
    }
  }

  /** A queue with the default settings. */
  public JobQueue(OpticalFourierDevice device) {
    this(device, Settings.defaults());
  }

  /**
   * A queue before a device.
   *
   * @param device used by this queue alone, and closed with it
   */
  public JobQueue(OpticalFourierDevice device, Settings settings) {
    super(device);
    description = device.description();
    worker = new JobWorker(device, description, settings);
    leakWatch = LeakWatch.device(this, description.id(), worker::makeSafe);
  }

  @Override
  public DeviceDescription description() {
    worker.requireOpen();
    return description;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DeviceException also with {@link ErrorCode#BUSY}, see {@link Settings#refuse}
   */
  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    worker.requireUsable();
    sequence.requireAdmissible(description.capabilities());
    JobRun run = new JobRun(sequence, options, description);
    // Made before the job begins: whatever comes, it is this job's owner who has to await it.
    QueuedJob job = new QueuedJob(this, run);
    try {
      worker.enqueue(run);
    } catch (RuntimeException | Error e) {
      job.disown();
      throw e;
    }
    return job;
  }

  boolean end(JobRun run, DeviceException why) {
    return worker.end(run, why);
  }

  @Override
  public void load(SlmFrame frame) {
    worker.call(() -> device().load(frame));
  }

  @Override
  public void transform() {
    worker.call(() -> device().transform());
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    worker.call(() -> device().read(readout, into));
  }

  /** Of the device, with the failures and retries that the queue has seen. */
  @Override
  public Telemetry telemetry() {
    worker.requireUsable();
    return worker.failures(device().telemetry());
  }

  /**
   * Ends waiting jobs and the one in progress with {@link ErrorCode#CLOSED} and closes the device;
   * one that hangs is given a second for that, in another thread.
   */
  @Override
  public void close() {
    leakWatch.closed();
    worker.close(true);
  }
}
