// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ofp.device.BufferKind;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DetectorReader;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DriverErrors;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameLoop;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.LeakWatch;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.PeakReader;
import org.ofp.device.Readout;
import org.ofp.device.SequenceReads;
import org.ofp.device.SlmFrame;
import org.ofp.device.StageTimes;
import org.ofp.device.Telemetry;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchClock;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.Settling;

/**
 * A simulated bench: what the light does, in its order, is in {@link Modulator}, {@link LightPath},
 * {@link Receiver} and {@link Sensor}; this class is the device around it.
 *
 * <p>{@link #submit} may be called by several threads at once and spreads its frames over the
 * common fork-join pool (or the pool it is called from). The counts are the same bit for bit
 * however frames are spread. A bench with memory (a panel that settles slowly, a source that
 * drifts) takes its frames one after the other. The verbs keep one frame and are synchronized.
 */
final class SimulatedDevice implements OpticalFourierDevice {
  /** Frames are worked on in runs of about so many pixels: few calls, and within a core's cache. */
  private static final int RUN_PIXELS = 16384;

  private final DeviceDescription description;
  private final BenchParameters bench;
  private final FftKernel fft;
  private final Map<FrameShape, Stages> stages = new ConcurrentHashMap<>();
  private final WorkbenchPool pool = new WorkbenchPool();
  private final BenchClock clock;
  private final StageClock stageClock = new StageClock();
  private final LeakWatch leakWatch;

  /** Null on a panel that settles at once; guarded by this. */
  private final PanelMemory memory;

  private Workbench loaded;
  private boolean transformed;
  private volatile boolean closed;

  SimulatedDevice(DeviceDescription description, BenchParameters bench, FftKernel fft) {
    this.description = description;
    this.bench = bench;
    this.fft = fft;
    clock = new BenchClock(bench);
    Settling settling = Settling.of(bench);
    memory = settling == null ? null : new PanelMemory(settling);
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
    boolean excess = FrameChecks.requireAdmissible(frame, description.capabilities()) > 1;
    if (loaded == null || !loaded.shape().equals(frame.shape())) {
      loaded = new Workbench(frame.shape(), 1);
    }
    transformed = false;
    loaded.take(frame.amplitudes(), frame.offset(), 1);
    loaded.identify(0, frame.id(), frame.repeat());
    loaded.turnTo(0);
    stages(frame.shape()).modulator().modulate(loaded.frames(), 1, excess, memory, loaded.lanes());
    clock.countFrames(1);
  }

  @Override
  public synchronized void transform() {
    requireOpen();
    if (loaded == null) {
      throw DriverErrors.nothingLoaded();
    }
    if (!transformed) {
      stages(loaded.shape()).path().illuminate(loaded, loaded.frames(), 0, 1);
      transformed = true;
    }
  }

  @Override
  public synchronized void read(Readout readout, DetectorFrame into) {
    requireOpen();
    if (!transformed) {
      throw DriverErrors.noField();
    }
    Capabilities capabilities = description.capabilities();
    readout.requireWithin(capabilities);
    into.requireFits(loaded.shape(), capabilities.readout().planes());
    read(loaded, readout, into);
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    requireOpen();
    SequenceReads reads = new SequenceReads(sequence, options, description);
    int run = Math.max(1, RUN_PIXELS / sequence.shape().pixels());
    int blocks = (sequence.size() + run - 1) / run;
    if (bench.hasMemory()) {
      synchronized (this) {
        for (int i = 0; i < sequence.size(); i++) {
          work(sequence, reads, i, 1, 1);
        }
      }
    } else {
      FrameLoop.each(
          blocks,
          block ->
              work(
                  sequence, reads, block * run, Math.min(run, sequence.size() - block * run), run));
    }
    return reads.finished();
  }

  /** Modulator, lens and sensor for {@code count} frames from {@code first}. */
  private void work(FrameSequence sequence, SequenceReads reads, int first, int count, int run) {
    requireOpen();
    reads.requireTime();
    FrameShape shape = sequence.shape();
    Stages path = stages(shape);
    Workbench workbench = pool.take(shape, run);
    try {
      long start = StageClock.now();
      FloatBuffer amplitudes = sequence.amplitudes();
      boolean excess = false;
      for (int i = 0; i < count; i++) {
        excess |=
            FrameChecks.requireAmplitudes(
                    amplitudes,
                    sequence.amplitudeOffset(first + i),
                    shape,
                    sequence.id(first + i),
                    description.capabilities().modulation())
                > 1;
        workbench.identify(i, sequence.id(first + i), sequence.repeat(first + i));
      }
      float[] light = workbench.frames();
      int offset = 0;
      if (path.showsAsItIs() && !excess && amplitudes.hasArray()) {
        light = amplitudes.array();
        offset = amplitudes.arrayOffset() + sequence.amplitudeOffset(first);
      } else {
        workbench.take(amplitudes, sequence.amplitudeOffset(first), count);
        path.modulator().modulate(light, count, excess, memory, workbench.lanes());
      }
      start = stageClock.modulator(start);
      path.path().illuminate(workbench, light, offset, count);
      start = stageClock.lens(start);
      clock.countFrames(count);
      for (int i = 0; i < count; i++) {
        workbench.turnTo(i);
        read(path, workbench, reads, first + i);
      }
      stageClock.sensor(start);
    } finally {
      pool.giveBack(workbench);
    }
  }

  private void read(Stages path, Workbench workbench, SequenceReads reads, int frame) {
    DetectorReader reader = (readout, into) -> read(workbench, readout, into);
    if (path.sensor().tellsPeak()) {
      reads.read(frame, reader, readout -> peak(path, workbench, readout));
    } else {
      reads.read(frame, reader);
    }
  }

  private PeakReader.Peak peak(Stages path, Workbench workbench, Readout readout) {
    PeakReader.Peak peak = path.peak(workbench, readout, clock.sourcePower());
    workbench.elapse(path.reads().seconds(readout));
    clock.countRead(readout, peak.saturated());
    return peak;
  }

  private void read(Workbench workbench, Readout readout, DetectorFrame into) {
    Stages path = stages(workbench.shape());
    int saturated =
        path.read(workbench, readout, clock.sourcePower(), into.counts(), into.offset());
    workbench.elapse(path.reads().seconds(readout));
    long now = clock.countRead(readout, saturated);
    int frame = workbench.current();
    into.describe(
        workbench.frameId(frame),
        workbench.repeat(frame),
        readout.exposure(),
        readout.gain(),
        saturated,
        description.calibration().id(),
        now);
  }

  private Stages stages(FrameShape shape) {
    Stages known = stages.get(shape); // computeIfAbsent locks even where there is nothing to do
    return known != null ? known : stages.computeIfAbsent(shape, s -> Stages.of(bench, s, fft));
  }

  @Override
  public Telemetry telemetry() {
    requireOpen();
    return clock.telemetry();
  }

  @Override
  public synchronized void close() {
    closed = true;
    leakWatch.closed();
    loaded = null;
    transformed = false;
    pool.clear();
    stages.clear();
  }

  private void requireOpen() {
    if (closed) {
      throw DriverErrors.closed();
    }
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    return capability == StageTimes.class
        ? Optional.of(capability.cast(stageClock))
        : Optional.empty();
  }

  /** Buffers a simulated device likes best. */
  static BufferKind preferredBuffers() {
    return BufferKind.HEAP;
  }
}
