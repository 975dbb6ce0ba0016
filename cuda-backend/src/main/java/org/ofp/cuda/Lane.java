// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameLoop;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.optics.BenchClock;

/**
 * One stream with page-locked and GPU memory of its own, on which runs of frames travel from a
 * sequence to the bench and back. Two lanes side by side overlap one's copies with the other's
 * transforms. Used by one thread at a time.
 */
final class Lane implements AutoCloseable {
  /** Pipelines of so many shapes are kept. */
  private static final int KEPT_SHAPES = 8;

  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  private final Gpu gpu;
  private final GpuFft fft;
  private final DeviceDescription description;
  private final BenchClock clock;
  private final GpuStream stream;
  private final RoomOnGpu frames;
  private final RoomOnGpu counts;
  private final RoomOnHost hostFrames;
  private final RoomOnHost hostCounts;
  private final Map<FrameShape, BenchPipeline> pipelines =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameShape, BenchPipeline> eldest) {
          if (size() > KEPT_SHAPES) {
            eldest.getValue().close();
            return true;
          }
          return false;
        }
      };

  /** The run that is under way; null if there is none. */
  private FrameJob job;

  private FrameSequence sequence;
  private int first;
  private BenchPipeline pipeline;

  Lane(Gpu gpu, GpuFft fft, DeviceDescription description, BenchClock clock) {
    this.gpu = gpu;
    this.fft = fft;
    this.description = description;
    this.clock = clock;
    stream = gpu.openStream();
    frames = new RoomOnGpu(gpu, stream, "frames");
    counts = new RoomOnGpu(gpu, stream, "detector counts");
    hostFrames = new RoomOnHost(gpu, stream, "frames");
    hostCounts = new RoomOnHost(gpu, stream, "detector counts");
  }

  /** This lane's pipeline for a bench, made if it is not there. */
  BenchPipeline pipeline(BenchTables tables) {
    BenchPipeline known = pipelines.get(tables.shape());
    if (known == null || known.tables() != tables) {
      if (known != null) {
        known.close();
      }
      known = new BenchPipeline(tables, gpu, fft, stream, description, clock);
      pipelines.put(tables.shape(), known);
    }
    return known;
  }

  /**
   * Starts a run of frames: takes them from the sequence, shows them, finds their exposures and
   * queues the reads and the way back. What was under way on this lane must have been {@link
   * #finish finished}.
   *
   * @param panel address of the panel's state, 0 if it settles at once
   * @throws DeviceException if a frame is not fit to be shown, before any is
   */
  void start(BenchTables tables, FrameSequence from, int firstFrame, int n, long panel) {
    pipeline = pipeline(tables);
    int pixels = tables.shape().pixels();
    long frameBytes = 2L * Float.BYTES * pixels;
    long countBytes = (long) Float.BYTES * pixels * from.planes() * from.readouts().size();
    hostFrames.reserve(frameBytes * n);
    hostCounts.reserve(countBytes * n);
    frames.reserve(frameBytes * pipeline.padded(n));
    counts.reserve(countBytes * n);
    FloatBuffer to = hostFrames.floats();
    AtomicBoolean excess = new AtomicBoolean();
    FrameLoop.run(
        n,
        pixels,
        i -> {
          if (take(from, firstFrame + i, to, i) > 1) {
            excess.set(true);
          }
        });
    stream.upload(hostFrames.memory(), 0, frames.address(), frameBytes * n);
    FrameJob next = FrameJob.of(from, firstFrame, n);
    // From here on a failure leaves work queued on memory that is used again.
    job = next;
    pipeline.run(next, excess.get(), frames.address(), counts.address(), panel);
    stream.download(counts.address(), hostCounts.memory(), 0, countBytes * n);
    sequence = from;
    first = firstFrame;
  }

  /** Copies a frame; its greatest |a|². */
  private float take(FrameSequence from, int frame, FloatBuffer to, int i) {
    FrameShape shape = from.shape();
    int offset = from.amplitudeOffset(frame);
    int values = 2 * shape.pixels();
    to.put(i * values, from.amplitudes(), offset, values);
    return FrameChecks.requireAmplitudes(
        from.amplitudes(), offset, shape, from.id(frame), description.capabilities().modulation());
  }

  /** Waits for the run that is under way, if any, and gives its results to its sequence. */
  void finish() {
    if (job == null) {
      return;
    }
    FrameJob done = job;
    job = null;
    stream.synchronize();
    pipeline.finish(done);
    done.report(sequence, first);
    FloatBuffer from = hostCounts.floats();
    FloatBuffer to = sequence.counts();
    int start = sequence.countOffset(first, 0);
    int each = sequence.countOffset(1, 0);
    FrameLoop.run(
        done.frames(),
        sequence.shape().pixels(),
        i -> to.put(start + i * each, from, i * each, each));
    sequence = null;
  }

  /** Forgets the run that is under way, if any: its job has failed. */
  void drop() {
    if (job != null) {
      job = null;
      sequence = null;
      try {
        stream.synchronize();
      } catch (DeviceException e) {
        LOG.log(System.Logger.Level.DEBUG, "a dropped run had failed, too", e);
      }
    }
  }

  /** Gives up what belongs to a bench that is about to be closed. */
  void forget(BenchTables tables) {
    BenchPipeline known = pipelines.remove(tables.shape());
    if (known != null) {
      known.close();
    }
  }

  @Override
  public void close() {
    List<Runnable> closings = new ArrayList<>();
    pipelines.values().forEach(pipeline -> closings.add(pipeline::close));
    pipelines.clear();
    closings.addAll(
        List.of(frames::close, counts::close, hostFrames::close, hostCounts::close, stream::close));
    Closing.all(closings);
  }
}
