// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.LeakWatch;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;
import org.ofp.device.safety.Watchdog;

/**
 * The made-up bench as a device: the six verbs over an {@link Instrument}.
 *
 * <p>{@link #submit} may be called by several threads; jobs run one at a time. {@link #close},
 * {@link #description} and {@link #telemetry} wait for nobody, so that a bench can be watched, and
 * closed, during an exposure.
 */
class BenchDevice implements OpticalFourierDevice {
  private final Instrument instrument;
  private final DeviceDescription description;
  private final LeakWatch leakWatch;
  private final Watchdog watchdog;
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong saturated = new AtomicLong();

  /** Shape of the frame on the modulator, or null if none is. */
  private FrameShape shape;

  private long frameId;
  private int repeat;
  private boolean lit;
  private volatile boolean closed;

  BenchDevice(Instrument instrument, DeviceDescription description, Duration silence) {
    this.instrument = instrument;
    this.description = description;
    // These name the instrument, not this device, which must be able to become unreachable.
    Watchdog watch = new Watchdog(description.id(), silence, instrument::park);
    watchdog = watch;
    leakWatch =
        LeakWatch.device(
            this,
            description.id(),
            () -> {
              instrument.disconnect();
              watch.close();
            });
  }

  @Override
  public final DeviceDescription description() {
    requireOpen();
    return description;
  }

  @Override
  public final synchronized void load(SlmFrame frame) {
    requireOpen();
    FrameChecks.requireAdmissible(frame, description.capabilities());
    upload(0, frame.shape(), frame.amplitudes(), frame.offset());
    show(0, frame.shape(), frame.id(), frame.repeat());
  }

  @Override
  public final synchronized void transform() {
    requireOpen();
    if (shape == null) {
      throw new DeviceException(ErrorCode.ILLEGAL_STATE, "no frame is loaded; call load first");
    }
    ask(
        () -> {
          instrument.light();
          return 0;
        });
    lit = true;
  }

  @Override
  public final synchronized void read(Readout readout, DetectorFrame into) {
    requireOpen();
    if (!lit) {
      throw new DeviceException(
          ErrorCode.ILLEGAL_STATE, "no field is at the detector; call load and transform first");
    }
    Capabilities capabilities = description.capabilities();
    readout.requireWithin(capabilities);
    int planes = capabilities.readout().planes();
    if (!into.shape().equals(shape) || into.planes() != planes) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          String.format(
              "the detector frame is %s with %d plane(s), the field %s with %d",
              into.shape(), into.planes(), shape, planes));
    }
    float[] counts = new float[planes * shape.pixels()];
    int clipped =
        ask(
            () ->
                instrument.expose(
                    readout.exposure(),
                    readout.gain(),
                    readout.referenceOn(),
                    readout.referencePhase(),
                    counts));
    into.counts().put(into.offset(), counts);
    into.describe(
        frameId,
        repeat,
        readout.exposure(),
        readout.gain(),
        clipped,
        description.calibration().id(),
        instrument.clockNanos());
    reads.incrementAndGet();
    saturated.addAndGet(clipped);
  }

  /** Jobs one at a time: the verbs of two would mix their frames. */
  @Override
  public synchronized Job submit(FrameSequence sequence, JobOptions options) {
    return OpticalFourierDevice.super.submit(sequence, options);
  }

  @Override
  public final Telemetry telemetry() {
    requireOpen();
    return new Telemetry(
        frames.get(), reads.get(), saturated.get(), Duration.ofNanos(instrument.clockNanos()));
  }

  @Override
  public final void close() {
    closed = true;
    // Dark first; a verb that another thread is in fails from here on, and cannot light it again.
    instrument.disconnect();
    watchdog.close();
    leakWatch.closed();
  }

  /** Copies an admissible frame into the pattern memory. */
  final void upload(int slot, FrameShape frame, FloatBuffer amplitudes, int offset) {
    float[] pattern = new float[2 * frame.pixels()];
    amplitudes.get(offset, pattern);
    watchdog.arm();
    ask(
        () -> {
          instrument.upload(slot, frame.rows(), frame.cols(), pattern);
          return 0;
        });
  }

  /** Shows a pattern of the memory under the caller's name for it. */
  final void show(int slot, FrameShape frame, long id, int repeatOfFrame) {
    shape = null;
    lit = false;
    watchdog.arm();
    ask(
        () -> {
          instrument.show(slot);
          return 0;
        });
    shape = frame;
    frameId = id;
    repeat = repeatOfFrame;
    frames.incrementAndGet();
  }

  /** Turns what the instrument throws into typed errors, and leaves the bench dark. */
  private int ask(Question question) {
    try {
      watchdog.feed();
      int answer = question.ask();
      watchdog.feed();
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // for those above, who want to know it too
      park();
      throw new DeviceException(
          ErrorCode.CANCELLED, "the bench was interrupted and is dark; load the frame again", e);
    } catch (InstrumentFault e) {
      park();
      requireOpen();
      throw new DeviceException(
          ErrorCode.DEVICE_FAILURE,
          description.name() + " failed and is dark: " + e.getMessage() + "; load the frame again",
          e);
    }
  }

  private void park() {
    instrument.park();
    watchdog.disarm();
    shape = null;
    lit = false;
  }

  final void requireOpen() {
    if (closed) {
      throw new DeviceException(
          ErrorCode.CLOSED, "this device was closed; open it again with Devices.open");
    }
  }

  /** Something asked of the instrument. */
  private interface Question {
    int ask() throws InstrumentFault, InterruptedException;
  }
}
