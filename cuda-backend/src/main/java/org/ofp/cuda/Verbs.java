// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.FloatBuffer;
import java.util.List;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.Capabilities;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/** The frame that is loaded by the verbs, which stays on the GPU. Used by one thread at a time. */
final class Verbs implements AutoCloseable {
  private final BenchOnGpu bench;
  private final GpuStream stream;
  private final RoomOnGpu frame;
  private final RoomOnGpu counts;
  private HostMemory host;
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
  }

  void load(SlmFrame requested) {
    FrameShape shape = requested.shape();
    boolean excess =
        FrameChecks.requireAdmissible(requested, bench.description().capabilities()) > 1;
    transformed = false;
    prepare(shape, requested.id(), requested.repeat());
    int values = 2 * shape.pixels();
    FloatBuffer to = host.bytes().asFloatBuffer();
    to.put(0, requested.amplitudes(), requested.offset(), values);
    stream.upload(host, 0, frame.address(), (long) Float.BYTES * values);
    pipeline.begin(1);
    pipeline.show(frame.address(), 1, excess, bench.panel());
    bench.clock().countFrames(1);
    stream.synchronize();
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
      host = bench.gpu().allocateHost("the loaded frame", bytes);
    }
  }

  private void release() {
    if (pipeline != null) {
      pipeline.close();
      pipeline = null;
    }
    if (host != null) {
      host.close();
      host = null;
    }
    if (tables != null && bench.wanders()) {
      tables.close();
    }
    tables = null;
  }

  void transform() {
    if (tables == null) {
      throw new DeviceException(ErrorCode.ILLEGAL_STATE, "no frame is loaded; call load first");
    }
    if (!transformed) {
      pipeline.illuminate(frame.address(), 1);
      stream.synchronize();
      transformed = true;
    }
  }

  void read(Readout readout, DetectorFrame into) {
    if (!transformed) {
      throw new DeviceException(
          ErrorCode.ILLEGAL_STATE, "no field is at the detector; call load and transform first");
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
    long now = pipeline.prepareReads(job);
    pipeline.read(job, 0, 1, frame.address(), counts.address());
    pipeline.fetch(job);
    int values = tables.planes() * tables.shape().pixels();
    stream.download(counts.address(), host, 0, (long) Float.BYTES * values);
    stream.synchronize();
    pipeline.finish(job);
    into.counts().put(into.offset(), host.bytes().asFloatBuffer(), 0, values);
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
    release();
    frame.close();
    counts.close();
    stream.close();
  }
}
