// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.Arrays;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.AutoExposure;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.Metering;
import org.ofp.device.PeakReader;
import org.ofp.device.Readout;
import org.ofp.optics.BenchClock;
import org.ofp.optics.ReadNumbers;

/**
 * Takes frames in the GPU's memory past the bench. In the order of the light:
 *
 * <pre>
 *   show        ModulatorStage     requested → displayed amplitudes, in place
 *   illuminate  LightStage         displayed amplitudes → fields, in place (and powers)
 *   meter       find_peaks         peaks of all frames that are not metered yet, round by round
 *   read        read_frames        all reads of all frames at once → counts
 * </pre>
 *
 * <p>Only metering waits for the GPU, for some numbers a frame. Frames that are not metered go
 * through all stages some at a time, so that fields are read while they are in the GPU's cache.
 * Belongs to one stream; used by one thread at a time.
 */
final class BenchPipeline implements AutoCloseable {
  private static final int PEAK_PIXELS_PER_BLOCK = 1024;
  private static final int MOST_PEAK_BLOCKS = 64;

  private final BenchTables tables;
  private final GpuStream stream;
  private final BenchClock clock;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final Transforms transforms;
  private final ReadBuffers buffers;
  private final RoomOnGpu powers;
  private final ReadNumbers numbers = new ReadNumbers();

  /** Reads of each frame so far, and device seconds since it was loaded. */
  private int[] steps = new int[0];

  private double[] elapsed = new double[0];

  BenchPipeline(
      BenchTables tables,
      Gpu gpu,
      GpuFft fft,
      GpuStream stream,
      DeviceDescription description,
      BenchClock clock) {
    this.tables = tables;
    this.stream = stream;
    this.clock = clock;
    capabilities = description.capabilities();
    calibration = description.calibration();
    transforms = new Transforms(gpu, fft, tables.shape(), tables.tables(), stream);
    buffers = new ReadBuffers(gpu, stream);
    powers = new RoomOnGpu(gpu, stream, "powers of " + tables.shape() + " frames");
  }

  BenchTables tables() {
    return tables;
  }

  /** How many frames there must be room for where {@code frames} are shown. */
  int padded(int frames) {
    return transforms.frames().padded(frames);
  }

  /**
   * Queues all of it but for metering, which is waited for. {@link #finish} is to follow once the
   * stream has been synchronised.
   *
   * @param excess whether any |a| may exceed 1, by rounding
   * @param frames address of requested amplitudes, with room for {@link #padded}; overwritten
   * @param counts address of room for {@code [frames][readouts][planes][pixels]}
   * @param panel address of the panel's state, 0 if it settles at once
   */
  void run(FrameJob job, boolean excess, long frames, long counts, long panel) {
    int n = job.frames();
    begin(n);
    if (job.control().automatic()) {
      show(frames, n, excess, panel);
      illuminate(frames, n);
      setExposures(job, meter(job, frames));
      prepareReads(job);
      read(job, 0, n, frames, counts);
    } else {
      setExposures(job, null);
      clock.countFrames(n);
      prepareReads(job);
      long frameBytes = 2L * Float.BYTES * tables.shape().pixels();
      int atOnce = transforms.frames().batch();
      for (int first = 0; first < n; first += atOnce) {
        int count = Math.min(atOnce, n - first);
        long at = frames + frameBytes * first;
        show(at, count, excess, panel);
        illuminate(at, count);
        read(job, first, count, at, counts + first * countBytes(job));
      }
    }
    fetch(job);
  }

  /** Forgets the frames before: nothing was read of those that come. */
  void begin(int count) {
    if (steps.length < count) {
      steps = new int[count];
      elapsed = new double[count];
    }
    Arrays.fill(steps, 0, count, 0);
    Arrays.fill(elapsed, 0, count, 0);
  }

  /** Queues what the modulator does; parameters of {@link #run}. */
  void show(long frames, int count, boolean excess, long panel) {
    long plane = tables.light().planeInPassing();
    if (excess || plane != 0 || !tables.modulator().isTransparent()) {
      tables.modulator().show(stream, frames, count, plane, panel, transforms.frames());
    }
  }

  /** Queues what the light does: displayed amplitudes → fields. */
  void illuminate(long frames, int count) {
    boolean power = tables.light().integratesPower();
    if (power) {
      powers.reserve((long) Float.BYTES * tables.shape().pixels() * count);
    }
    tables.light().illuminate(stream, transforms, frames, count, powerAddress());
  }

  /** Exposures of the first readouts; waits for the GPU. */
  private double[] meter(FrameJob job, long fields) {
    int frames = job.frames();
    clock.countFrames(frames);
    Metering[] meterings = new Metering[frames];
    int[] active = new int[frames];
    for (int i = 0; i < frames; i++) {
      active[i] = i;
      meterings[i] =
          new Metering(
              tables.shape().pixels(),
              job.control(),
              job.meterExposures()[i],
              capabilities,
              calibration);
    }
    buffers.reserve(frames);
    int left = frames;
    while (left > 0) {
      findPeaks(job, fields, meterings, active, left);
      int next = 0;
      for (int k = 0; k < left; k++) {
        int i = active[k];
        int clipped = buffers.second(k);
        clock.countClipped(clipped);
        meterings[i].observe(new PeakReader.Peak(Float.intBitsToFloat(buffers.first(k)), clipped));
        if (!meterings[i].isDone()) {
          active[next++] = i;
        }
      }
      left = next;
    }
    return Arrays.stream(meterings).mapToDouble(Metering::result).toArray();
  }

  private void findPeaks(FrameJob job, long fields, Metering[] meterings, int[] active, int n) {
    for (int k = 0; k < n; k++) {
      prepare(job, active[k], Readout.plain(meterings[active[k]].exposure()), k);
      buffers.frame(k, active[k]);
    }
    buffers.send(n);
    int blocks = tables.shape().pixels() / PEAK_PIXELS_PER_BLOCK;
    blocks = Math.max(1, Math.min(MOST_PEAK_BLOCKS, blocks));
    tables
        .launcher()
        .blocks(
            stream,
            "find_peaks",
            (long) n * blocks,
            tables.sensor(),
            fields,
            powerAddress(),
            buffers.frames(),
            buffers.reads(),
            blocks,
            buffers.first(),
            buffers.second());
    buffers.fetch(n);
    stream.synchronize();
  }

  /**
   * Sets the exposures of all reads.
   *
   * @param metered of the first readouts; null if the readouts' own hold
   */
  private void setExposures(FrameJob job, double[] metered) {
    int reads = job.readouts().size();
    Readout first = job.readouts().get(0);
    for (int i = 0; i < job.frames(); i++) {
      for (int r = 0; r < reads; r++) {
        Readout readout = job.readouts().get(r);
        job.exposures()[i * reads + r] =
            metered == null
                ? readout.exposure()
                : AutoExposure.of(
                    readout, first, metered[i], job.control(), capabilities, calibration);
      }
    }
  }

  /**
   * Writes the records of all reads, and queues them to the GPU.
   *
   * @return the device's clock after the last read
   */
  long prepareReads(FrameJob job) {
    int reads = job.readouts().size();
    buffers.reserve(job.frames() * reads);
    long now = 0;
    for (int i = 0; i < job.frames(); i++) {
      for (int r = 0; r < reads; r++) {
        int record = i * reads + r;
        Readout readout = job.readouts().get(r).exposure(job.exposures()[record]);
        now = prepare(job, i, readout, record);
        buffers.frame(record, i);
      }
    }
    buffers.send(job.frames() * reads);
    return now;
  }

  /** Writes the record of the next read of frame {@code i}, which takes its time. */
  private long prepare(FrameJob job, int i, Readout readout, int record) {
    tables
        .reads()
        .prepare(
            job.ids()[i],
            job.repeats()[i],
            steps[i]++,
            elapsed[i],
            readout,
            clock.sourcePower(),
            numbers);
    elapsed[i] += tables.reads().seconds(readout);
    ReadRecord.write(
        numbers,
        tables.coherent(),
        tables.reads().isProportional(),
        buffers.records(),
        ReadRecord.BYTES * record);
    return clock.countRead(readout, 0);
  }

  /** Queues the reads of some frames, whose records are on the GPU. */
  void read(FrameJob job, int first, int count, long fields, long counts) {
    int reads = job.readouts().size();
    tables
        .launcher()
        .frames(
            stream,
            "read_frames",
            count,
            tables.shape().pixels(),
            tables.sensor(),
            fields,
            powerAddress(),
            buffers.reads() + (long) ReadRecord.BYTES * reads * first,
            reads,
            counts,
            buffers.first() + (long) Integer.BYTES * reads * first);
  }

  /** Queues the results of the reads back to the host. */
  void fetch(FrameJob job) {
    buffers.fetch(job.frames() * job.readouts().size());
  }

  /** Takes down how many values were clipped. */
  void finish(FrameJob job) {
    for (int i = 0; i < job.saturated().length; i++) {
      job.saturated()[i] = buffers.first(i);
      clock.countClipped(buffers.first(i));
    }
  }

  private long powerAddress() {
    return tables.light().integratesPower() ? powers.address() : 0;
  }

  private long countBytes(FrameJob job) {
    return (long) Float.BYTES * tables.shape().pixels() * tables.planes() * job.readouts().size();
  }

  @Override
  public void close() {
    transforms.close();
    buffers.close();
    powers.close();
  }
}
