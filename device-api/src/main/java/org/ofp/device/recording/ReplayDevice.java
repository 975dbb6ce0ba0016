// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;
import org.ofp.device.ErrorCode;
import org.ofp.device.Experimental;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.LeakWatch;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.Readout;
import org.ofp.device.SequenceReads;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;

/**
 * A recording as a device: it describes itself as the recorded one did, with one more parameter
 * {@value #REPLAYED_FROM}, and serves what that one measured, bit for bit.
 *
 * <p>A request is served if frame id, repeat, amplitudes, readouts and exposure control are those
 * of a recorded frame; anything else is {@link ErrorCode#REPLAY_MISMATCH}, with the first frame
 * that differs and how. Jobs work within {@code submit}, which may be called by several threads at
 * once.
 */
@Experimental(since = "0.1")
public final class ReplayDevice implements OpticalFourierDevice {
  /** Name of the physical parameter that holds the file. */
  public static final String REPLAYED_FROM = "replayed-from";

  private final Recording recording;
  private final DeviceDescription description;
  private final ReplayOrder order;
  private final LeakWatch leakWatch;
  private volatile boolean closed;

  /** What was loaded last; guarded by this, as the next. */
  private SlmFrame loaded;

  private boolean transformed;

  /** What was served; guarded by this. */
  private long frames;

  private long reads;
  private long saturated;
  private double seconds;

  /**
   * Serves a recording.
   *
   * @param recording closed with the device
   * @param strict whether frames must be asked for in the order in which they were recorded;
   *     otherwise in any order, and again
   */
  public ReplayDevice(Recording recording, boolean strict) {
    this.recording = recording;
    DeviceDescription device = recording.description();
    List<PhysicalParameter> parameters = new ArrayList<>(device.parameters());
    parameters.removeIf(parameter -> parameter.name().equals(REPLAYED_FROM)); // a replay recorded
    parameters.add(new PhysicalParameter(REPLAYED_FROM, recording.path().toString(), ""));
    description =
        new DeviceDescription(
            device.id(),
            device.name(),
            device.driver(),
            device.capabilities(),
            device.calibration(),
            parameters);
    order = strict ? new ReplayInOrder(recording) : new ReplayByContent(recording);
    leakWatch = LeakWatch.device(this, "replay:" + recording.path(), recording::close);
  }

  private void requireOpen() {
    if (closed) {
      throw new DeviceException(
          ErrorCode.CLOSED, "the replay of " + recording.path() + " was closed; open it again");
    }
  }

  @Override
  public DeviceDescription description() {
    requireOpen();
    return description;
  }

  @Override
  public synchronized void load(SlmFrame frame) {
    requireOpen();
    FrameChecks.requireAdmissible(frame, description.capabilities());
    float[] copy = new float[2 * frame.shape().pixels()];
    frame.amplitudes().get(frame.offset(), copy);
    loaded = new SlmFrame(frame.shape(), FloatBuffer.wrap(copy), 0, frame.id(), frame.repeat());
    transformed = false;
  }

  @Override
  public synchronized void transform() {
    requireOpen();
    if (loaded == null) {
      throw DriverErrors.nothingLoaded();
    }
    transformed = true;
  }

  @Override
  public synchronized void read(Readout readout, DetectorFrame into) {
    requireOpen();
    if (!transformed) {
      throw DriverErrors.noField();
    }
    int planes = description.capabilities().readout().planes();
    readout.requireWithin(description.capabilities());
    into.requireFits(loaded.shape(), planes);
    FrameSequence one =
        new FrameSequence(
            loaded.shape(),
            1,
            List.of(readout),
            planes,
            ExposureControl.fixed(),
            loaded.amplitudes(),
            into.counts().slice(into.offset(), planes * loaded.shape().pixels()));
    one.identify(0, loaded.id(), loaded.repeat());
    RecordingScan.Entry entry = serve(one, 0, "the frame that is loaded");
    into.describe(
        loaded.id(),
        loaded.repeat(),
        one.exposure(0, 0),
        readout.gain(),
        one.saturated(0, 0),
        description.calibration().id(),
        entry.frame().timestampNanos());
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    requireOpen();
    SequenceReads time = new SequenceReads(sequence, options, description);
    for (int i = 0; i < sequence.size(); i++) {
      requireOpen();
      time.requireTime();
      FrameChecks.requireAmplitudes(
          sequence.amplitudes(),
          sequence.amplitudeOffset(i),
          sequence.shape(),
          sequence.id(i),
          description.capabilities().modulation());
      serve(sequence, i, "frame " + i + " of the job");
    }
    return Job.completed();
  }

  /** Fills in the results of frame {@code i}. */
  private RecordingScan.Entry serve(FrameSequence sequence, int i, String place) {
    RecordingScan.Entry entry = order.serve(FrameRequest.of(sequence, i), place);
    recording.counts(entry, sequence.counts(), sequence.countOffset(i, 0));
    List<RecordedFrame.Read> recorded = entry.frame().reads();
    for (int r = 0; r < recorded.size(); r++) {
      sequence.exposure(i, r, recorded.get(r).exposure());
      sequence.saturated(i, r, recorded.get(r).saturated());
    }
    count(recorded);
    return entry;
  }

  private synchronized void count(List<RecordedFrame.Read> served) {
    frames++;
    reads += served.size();
    seconds += description.capabilities().framePeriod();
    for (RecordedFrame.Read read : served) {
      saturated += read.saturated();
      seconds += read.exposure() + description.capabilities().readPeriod();
    }
  }

  /** Frames and reads served, and the time that the recorded device needed for them. */
  @Override
  public synchronized Telemetry telemetry() {
    requireOpen();
    return new Telemetry(frames, reads, saturated, Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  @Override
  public void close() {
    closed = true;
    recording.close();
    leakWatch.closed();
  }
}
