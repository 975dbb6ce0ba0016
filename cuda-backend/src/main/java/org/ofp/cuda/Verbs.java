// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.List;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** The frame that is loaded by the verbs, which stays on the GPU. Used by one thread at a time. */
final class Verbs implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Verbs.class.getName());

  private final BenchOnGpu bench;
  private final GpuStream stream;
  private final RoomOnGpu frame;
  private final RoomOnGpu counts;
  private final RoomOnHost host;
  private BenchTables tables;
  private BenchPipeline pipeline;
  private long id;
  private int repeat;
  private boolean transformed;

  Verbs(BenchOnGpu bench) {
    this.bench = bench;
    stream = bench.openStream();
    frame = new RoomOnGpu(bench.gpu(), stream, "the loaded frame");
    counts = new RoomOnGpu(bench.gpu(), stream, "detector counts");
    host = new RoomOnHost(bench.gpu(), stream, "the loaded frame");
  }

  void load(SlmFrame requested) {
    FrameShape shape = requested.shape();
    boolean excess =
        FrameChecks.requireAdmissible(requested, bench.description().capabilities()) > 1;
    transformed = false;
    try {
      prepare(shape, requested.id(), requested.repeat());
      int values = 2 * shape.pixels();
      host.floats().put(0, requested.amplitudes(), requested.offset(), values);
      stream.upload(host.memory(), 0, frame.address(), (long) Float.BYTES * values);
      pipeline.begin(1);
      pipeline.show(frame.address(), 1, excess, bench.panel());
      stream.synchronize();
    } catch (RuntimeException | Error e) {
      unload(e);
      throw e;
    }
    bench.clock().countFrames(1);
    id = requested.id();
    repeat = requested.repeat();
  }

  private void prepare(FrameShape shape, long nextId, int nextRepeat) {
    if (tables == null || bench.wanders() || !tables.shape().equals(shape)) {
      release();
      tables = bench.tables(shape, nextId, nextRepeat);
      pipeline = bench.pipeline(tables, stream);
      long bytes = 2L * Float.BYTES * shape.pixels();
      frame.reserve(bytes * pipeline.padded(1));
      counts.reserve(bytes);
      host.reserve(bytes);
    }
  }

  /** After a failure the frame may be shown or transformed in part, and be prepared for in part. */
  private void unload(Throwable why) {
    transformed = false;
    try {
      Closing.all(this::settle, this::release);
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  /** Waits for what a failed call has queued, whose memory is used again. */
  private void settle() {
    try {
      stream.synchronize();
    } catch (DeviceException e) {
      LOG.log(System.Logger.Level.DEBUG, "work of a failed call had failed, too", e);
    }
  }

  private void release() {
    BenchPipeline oldPipeline = pipeline;
    BenchTables oldTables = tables;
    pipeline = null;
    tables = null;
    try (BenchTables closing = bench.wanders() ? oldTables : null) {
      if (oldPipeline != null) {
        oldPipeline.close();
      }
    }
  }

  void transform() {
    if (tables == null) {
      throw DriverErrors.nothingLoaded();
    }
    if (!transformed) {
      try {
        pipeline.illuminate(frame.address(), 1);
        stream.synchronize();
      } catch (RuntimeException | Error e) {
        unload(e);
        throw e;
      }
      transformed = true;
    }
  }

  void read(Readout readout, DetectorFrame into) {
    if (!transformed) {
      throw DriverErrors.noField();
    }
    Capabilities capabilities = bench.description().capabilities();
    readout.requireWithin(capabilities);
    into.requireFits(tables.shape(), tables.planes());
    FrameJob job =
        new FrameJob(
            1,
            new long[] {id},
            new int[] {repeat},
            new double[1],
            List.of(readout),
            ExposureControl.fixed(),
            new double[] {readout.exposure()},
            new int[1]);
    int values = tables.planes() * tables.shape().pixels();
    long now;
    try {
      now = pipeline.prepareReads(job);
      pipeline.read(job, 0, 1, frame.address(), counts.address());
      pipeline.fetch();
      stream.download(counts.address(), host.memory(), 0, (long) Float.BYTES * values);
      stream.synchronize();
    } catch (RuntimeException | Error e) {
      settle();
      throw e;
    }
    pipeline.finish(job);
    into.counts().put(into.offset(), host.floats(), 0, values);
    into.describe(
        id,
        repeat,
        readout.exposure(),
        readout.gain(),
        job.saturated()[0],
        bench.description().calibration().id(),
        now);
  }

  @Override
  public void close() {
    Closing.all(this::release, frame::close, counts::close, host::close, stream::close);
  }
}
