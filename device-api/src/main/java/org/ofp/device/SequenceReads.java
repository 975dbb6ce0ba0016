// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.time.Duration;
import java.util.List;

/**
 * For drivers that run sequences themselves: the reads that each frame of a sequence needs,
 * metering included, and the job's deadline and interrupts. May be used by several threads on
 * different frames.
 */
@Experimental(since = "0.1")
public final class SequenceReads {
  private final FrameSequence sequence;
  private final JobOptions options;
  private final DeviceDescription description;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final Thread submitter = Thread.currentThread();
  private final long start = System.nanoTime();

  /** Checks the sequence and starts the clock; to be called by the thread that submits. */
  public SequenceReads(FrameSequence sequence, JobOptions options, DeviceDescription description) {
    this.sequence = sequence;
    this.options = options;
    this.description = description;
    capabilities = description.capabilities();
    calibration = description.calibration();
    sequence.requireAdmissible(capabilities);
  }

  /**
   * To be called before every frame.
   *
   * @throws DeviceException if the submitting thread was interrupted or the deadline has passed
   */
  public void requireTime() {
    if (submitter.isInterrupted()) {
      throw DriverErrors.interrupted();
    }
    if (options.deadline().isPresent()
        && options.deadline().get().compareTo(Duration.ofNanos(System.nanoTime() - start)) < 0) {
      throw DriverErrors.late(options.deadline().get(), sequence.size());
    }
  }

  /** For the end of {@code submit}, all frames being read: the finished job. */
  public Job finished() {
    return new CompletedJob(
        sequence.size(),
        Job.JobReport.of(
            sequence, description, Duration.ZERO, Duration.ofNanos(System.nanoTime() - start), 1));
  }

  /**
   * Makes all reads of frame {@code i}, whose field is at the detector, into the sequence's
   * destination.
   */
  public void read(int i, DetectorReader reader) {
    DetectorFrame into = destination(i);
    read(i, reader, PeakReader.of(reader, into), into);
  }

  /** As {@link #read(int, DetectorReader)}, with a shorter way to meter. */
  public void read(int i, DetectorReader reader, PeakReader meter) {
    read(i, reader, meter, destination(i));
  }

  private DetectorFrame destination(int i) {
    return new DetectorFrame(
        sequence.shape(), sequence.planes(), sequence.counts(), sequence.countOffset(i, 0));
  }

  private void read(int i, DetectorReader reader, PeakReader meter, DetectorFrame into) {
    List<Readout> readouts = sequence.readouts();
    boolean automatic = sequence.exposureControl().automatic();
    double metered =
        automatic
            ? AutoExposure.meter(
                meter,
                sequence.shape().pixels(),
                sequence.exposureControl(),
                sequence.meterExposure(i),
                capabilities,
                calibration)
            : 0;
    for (int r = 0; r < readouts.size(); r++) {
      Readout readout = readouts.get(r);
      if (automatic) {
        readout =
            readout.exposure(
                AutoExposure.of(
                    readout,
                    readouts.get(0),
                    metered,
                    sequence.exposureControl(),
                    capabilities,
                    calibration));
      }
      into.moveTo(sequence.countOffset(i, r));
      ReadEvent event = new ReadEvent();
      event.begin();
      reader.read(readout, into);
      event.made(description, sequence.id(i), readout);
      sequence.exposure(i, r, readout.exposure());
      sequence.saturated(i, r, into.saturated());
    }
  }
}
