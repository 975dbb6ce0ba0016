// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.ofp.device.BufferKind;
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
import org.ofp.device.SequenceReads;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;

/**
 * A simulated bench: what the light does, in its order, is in {@link Modulator}, {@link Lens} and
 * {@link Sensor}; this class is the device around it.
 *
 * <p>{@link #submit} may be called by several threads at once and spreads its frames over the
 * common fork-join pool (or the pool it is called from). The counts are the same bit for bit
 * however frames are spread. The verbs keep one frame and are synchronized.
 */
final class SimulatedDevice implements OpticalFourierDevice {
  /** Frames are worked on in runs of about so many pixels: few calls, and within a core's cache. */
  private static final int RUN_PIXELS = 16384;

  private final DeviceDescription description;
  private final BenchParameters bench;
  private final FftKernel fft;
  private final Modulator modulator;
  private final Sensor sensor;
  private final Map<FrameShape, Lens> lenses = new ConcurrentHashMap<>();
  private final WorkbenchPool pool = new WorkbenchPool();
  private final Counters counters = new Counters();
  private final LeakWatch leakWatch;

  private Workbench loaded;
  private boolean transformed;
  private volatile boolean closed;

  SimulatedDevice(DeviceDescription description, BenchParameters bench, FftKernel fft) {
    this.description = description;
    this.bench = bench;
    this.fft = fft;
    modulator = new Modulator(bench);
    sensor = new Sensor(bench);
    leakWatch = LeakWatch.device(this, description.id());
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
    if (loaded == null || !loaded.shape().equals(frame.shape())) {
      loaded = new Workbench(frame.shape(), 1);
    }
    transformed = false;
    loaded.take(frame.amplitudes(), frame.offset(), 1);
    loaded.identify(frame.id(), frame.repeat());
    modulator.modulate(loaded.frames(), 0, frame.shape().pixels());
    counters.frames.incrementAndGet();
  }

  @Override
  public synchronized void transform() {
    requireOpen();
    if (loaded == null) {
      throw new DeviceException(ErrorCode.ILLEGAL_STATE, "no frame is loaded; call load first");
    }
    if (!transformed) {
      Lens lens = lens(loaded.shape());
      lens.transform(loaded.frames(), 1);
      lens.centre(loaded.frames(), 0, loaded.re(), loaded.im(), 0);
      transformed = true;
    }
  }

  @Override
  public synchronized void read(Readout readout, DetectorFrame into) {
    requireOpen();
    if (!transformed) {
      throw new DeviceException(
          ErrorCode.ILLEGAL_STATE, "no field is at the detector; call load and transform first");
    }
    Capabilities capabilities = description.capabilities();
    readout.requireWithin(capabilities);
    if (!into.shape().equals(loaded.shape()) || into.planes() != capabilities.readout().planes()) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "the detector frame is "
              + into.shape()
              + " with "
              + into.planes()
              + " plane(s), the field "
              + loaded.shape()
              + " with "
              + capabilities.readout().planes());
    }
    read(loaded, readout, into);
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    requireOpen();
    SequenceReads reads = new SequenceReads(sequence, options, description);
    int run = Math.max(1, RUN_PIXELS / sequence.shape().pixels());
    // A failure must not leave forEach early: the others would still write to the caller's buffers.
    AtomicReference<Throwable> failure = new AtomicReference<>();
    IntStream.range(0, (sequence.size() + run - 1) / run)
        .parallel()
        .filter(block -> failure.get() == null)
        .forEach(
            block -> {
              try {
                work(
                    sequence,
                    reads,
                    block * run,
                    Math.min(run, sequence.size() - block * run),
                    run);
              } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
              }
            });
    if (failure.get() instanceof Error error) {
      throw error;
    } else if (failure.get() instanceof RuntimeException exception) {
      throw exception;
    }
    return Job.completed();
  }

  /** Modulator, lens and sensor for {@code count} frames from {@code first}. */
  private void work(FrameSequence sequence, SequenceReads reads, int first, int count, int run) {
    requireOpen();
    reads.requireTime();
    FrameShape shape = sequence.shape();
    Workbench workbench = pool.take(shape, run);
    try {
      FloatBuffer amplitudes = sequence.amplitudes();
      for (int i = first; i < first + count; i++) {
        FrameChecks.requireAmplitudes(
            amplitudes,
            sequence.amplitudeOffset(i),
            shape,
            sequence.id(i),
            description.capabilities().modulation());
      }
      workbench.take(amplitudes, sequence.amplitudeOffset(first), count);
      modulator.modulate(workbench.frames(), 0, count * shape.pixels());
      Lens lens = lens(shape);
      lens.transform(workbench.frames(), count);
      for (int i = first; i < first + count; i++) {
        int offset = 2 * shape.pixels() * (i - first);
        lens.centre(workbench.frames(), offset, workbench.re(), workbench.im(), 0);
        workbench.identify(sequence.id(i), sequence.repeat(i));
        reads.read(i, (readout, into) -> read(workbench, readout, into));
      }
      counters.frames.addAndGet(count);
    } finally {
      pool.giveBack(workbench);
    }
  }

  private void read(Workbench workbench, Readout readout, DetectorFrame into) {
    int pixels = workbench.shape().pixels();
    int values = into.planes() * pixels;
    FloatBuffer counts = into.counts();
    int saturated;
    if (counts.hasArray()) {
      saturated = sense(workbench, readout, counts.array(), counts.arrayOffset() + into.offset());
    } else {
      float[] staging = workbench.staging(values);
      saturated = sense(workbench, readout, staging, 0);
      counts.put(into.offset(), staging, 0, values);
    }
    long clock = counters.addRead(bench, readout, saturated);
    into.describe(
        workbench.frameId(),
        workbench.repeat(),
        readout.exposure(),
        readout.gain(),
        saturated,
        description.calibration().id(),
        clock);
  }

  private int sense(Workbench workbench, Readout readout, float[] counts, int target) {
    return sensor.read(
        workbench.re(),
        workbench.im(),
        workbench.shape().pixels(),
        readout,
        workbench.frameId(),
        workbench.repeat(),
        workbench.nextStep(),
        workbench.scratch(),
        counts,
        target);
  }

  private Lens lens(FrameShape shape) {
    return lenses.computeIfAbsent(shape, s -> new Lens(s, fft));
  }

  @Override
  public Telemetry telemetry() {
    requireOpen();
    return counters.telemetry(bench);
  }

  @Override
  public synchronized void close() {
    closed = true;
    leakWatch.closed();
    loaded = null;
    transformed = false;
    pool.clear();
    lenses.clear();
  }

  private void requireOpen() {
    if (closed) {
      throw new DeviceException(
          ErrorCode.CLOSED, "this device was closed; open it again with Devices.open");
    }
  }

  /** Buffers a simulated device likes best. */
  static BufferKind preferredBuffers() {
    return BufferKind.HEAP;
  }

  /** The virtual clock and what happened so far. */
  private static final class Counters {
    final AtomicLong frames = new AtomicLong();
    final AtomicLong reads = new AtomicLong();
    final AtomicLong saturated = new AtomicLong();
    final AtomicLong readNanos = new AtomicLong();

    /** Counts a read; the device's clock in nanoseconds after it. */
    long addRead(BenchParameters bench, Readout readout, int clipped) {
      reads.incrementAndGet();
      saturated.addAndGet(clipped);
      long read = Math.round((bench.readPeriod() + readout.exposure()) * 1e9);
      return readNanos.addAndGet(read) + frameNanos(bench);
    }

    private long frameNanos(BenchParameters bench) {
      return Math.round(frames.get() * bench.framePeriod() * 1e9);
    }

    Telemetry telemetry(BenchParameters bench) {
      return new Telemetry(
          frames.get(),
          reads.get(),
          saturated.get(),
          Duration.ofNanos(readNanos.get() + frameNanos(bench)));
    }
  }
}
