// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.Arrays;
import org.ofp.cuda.gpu.Closing;
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
 * <p>Only metering waits for the GPU, for some numbers a frame. Frames go through the stages a
 * batch of transforms at a time, those that are metered as far as their first metering read, so
 * that fields are read while they are in the GPU's cache. Belongs to one stream; used by one thread
 * at a time.
 */
final class BenchPipeline implements AutoCloseable {
  private static final int PEAK_PIXELS_PER_BLOCK = 1024;

  /** Of read_frames, READ_PIXELS in sensor.cuh. */
  private static final int PIXELS_PER_THREAD = 4;

  private static final int MOST_PEAK_BLOCKS = 256;

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
      setExposures(job, meter(job, excess, frames, panel));
      prepareReads(job);
      read(job, 0, n, frames, counts);
    } else {
      setExposures(job, null);
      clock.countFrames(n);
      prepareReads(job);
      reservePowers(Math.min(n, transforms.frames().batch()));
      inBatches(
          n,
          (first, count) -> {
            long at = frames + frameBytes() * first;
            show(at, count, excess, panel);
            illuminate(at, count, powerAddress());
            read(job, first, count, at, counts + first * countBytes(job));
          });
    }
    fetch();
  }

  /** Takes some frames from the first of them on. */
  private interface Batch {
    void take(int first, int count);
  }

  /** All frames, as many at a time as are transformed together. */
  private void inBatches(int frames, Batch batch) {
    int atOnce = transforms.frames().batch();
    for (int first = 0; first < frames; first += atOnce) {
      batch.take(first, Math.min(atOnce, frames - first));
    }
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
    reservePowers(count);
    illuminate(frames, count, powerAddress());
  }

  private void illuminate(long frames, int count, long powersThere) {
    tables.light().illuminate(stream, transforms, frames, count, powersThere);
  }

  /** Shows and illuminates all frames; exposures of the first readouts. Waits for the GPU. */
  private double[] meter(FrameJob job, boolean excess, long fields, long panel) {
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
    // The first exposures do not depend on the light, so all is queued before it is waited for.
    sendMetering(job, meterings, active, frames);
    reservePowers(frames);
    inBatches(
        frames,
        (first, count) -> {
          long at = fields + frameBytes() * first;
          show(at, count, excess, panel);
          illuminate(at, count, powerAddress(first));
          findPeaks(fields, first, count);
        });
    int left = frames;
    while (left > 0) {
      buffers.fetch();
      stream.synchronize();
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
      if (left > 0) {
        sendMetering(job, meterings, active, left);
        findPeaks(fields, 0, left);
      }
    }
    return Arrays.stream(meterings).mapToDouble(Metering::result).toArray();
  }

  /** Writes the records of the next metering reads, and queues them to the GPU. */
  private void sendMetering(FrameJob job, Metering[] meterings, int[] active, int n) {
    buffers.beginListed(n);
    for (int k = 0; k < n; k++) {
      prepare(job, active[k], Readout.plain(meterings[active[k]].exposure()), k);
      buffers.frame(k, active[k]);
    }
    buffers.send();
  }

  /** Queues the metering reads from {@code first} on. */
  private void findPeaks(long fields, int first, int count) {
    int blocks = tables.shape().pixels() / PEAK_PIXELS_PER_BLOCK;
    blocks = Math.max(1, Math.min(MOST_PEAK_BLOCKS, blocks));
    tables
        .launcher()
        .blocks(
            stream,
            "find_peaks",
            (long) count * blocks,
            tables.sensor(),
            fields,
            powerAddress(),
            buffers.frameAt(first),
            buffers.record(first),
            blocks,
            buffers.firstAt(first),
            buffers.secondAt(first));
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
    buffers.begin(job.frames() * reads);
    long now = 0;
    for (int i = 0; i < job.frames(); i++) {
      for (int r = 0; r < reads; r++) {
        int record = i * reads + r;
        Readout readout = job.readouts().get(r).exposure(job.exposures()[record]);
        now = prepare(job, i, readout, record);
      }
    }
    buffers.send();
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
            (tables.shape().pixels() + PIXELS_PER_THREAD - 1) / PIXELS_PER_THREAD,
            tables.sensor(),
            fields,
            powerAddress(),
            buffers.record(reads * first),
            reads,
            counts,
            buffers.firstAt(reads * first));
  }

  /** Queues the results of the reads back to the host. */
  void fetch() {
    buffers.fetch();
  }

  /** Takes down how many values were clipped. */
  void finish(FrameJob job) {
    for (int i = 0; i < job.saturated().length; i++) {
      job.saturated()[i] = buffers.first(i);
      clock.countClipped(buffers.first(i));
    }
  }

  private void reservePowers(int frames) {
    if (tables.light().integratesPower()) {
      powers.reserve((long) Float.BYTES * tables.shape().pixels() * frames);
    }
  }

  private long powerAddress() {
    return powerAddress(0);
  }

  private long powerAddress(int frame) {
    return tables.light().integratesPower()
        ? powers.address() + (long) Float.BYTES * tables.shape().pixels() * frame
        : 0;
  }

  private long frameBytes() {
    return 2L * Float.BYTES * tables.shape().pixels();
  }

  private long countBytes(FrameJob job) {
    return (long) Float.BYTES * tables.shape().pixels() * tables.planes() * job.readouts().size();
  }

  @Override
  public void close() {
    Closing.all(transforms::close, buffers::close, powers::close);
  }
}
