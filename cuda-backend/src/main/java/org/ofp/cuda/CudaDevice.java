// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.lang.ref.Reference;
import java.util.Optional;
import java.util.function.Function;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceMemory;
import org.ofp.device.FrameSequence;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.LeakWatch;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SequenceReads;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;
import org.ofp.optics.BenchParameters;

/**
 * A simulated bench on a GPU. What the light does, in its order, is in {@link BenchPipeline}; how
 * frames get there and back, in {@link Lane}; what is kept for that, in {@link BenchOnGpu}.
 *
 * <p>{@link #submit} may be called by several threads at once. A job's frames travel in runs, on
 * two lanes in turn: while one run is read and copied back, the next is taken from the caller's
 * buffer. Counts are the same bit for bit however frames are spread over runs and jobs. A bench
 * with memory (a panel that settles slowly, a source that drifts) takes its frames one after the
 * other, and so does one whose beam wanders, as all tables of light are made anew for each of its
 * frames. The verbs keep one frame and are synchronized.
 */
final class CudaDevice implements OpticalFourierDevice {
  private final DeviceDescription description;
  private final boolean memory;
  private final BenchOnGpu bench;
  private final LeakWatch leakWatch;

  /**
   * A device.
   *
   * @param memoryBytes that frames on their way may take
   * @param blases opens cuBLAS for a stream; empty where it cannot be used
   * @param last done when everything of the device is freed, such as closing the GPU
   */
  CudaDevice(
      DeviceDescription description,
      BenchParameters parameters,
      double memoryBytes,
      Gpu gpu,
      GpuFft fft,
      Function<GpuStream, Optional<GpuBlas>> blases,
      Runnable last) {
    this.description = description;
    memory = parameters.hasMemory();
    bench = new BenchOnGpu(description, parameters, memoryBytes, gpu, fft, blases, last);
    leakWatch = LeakWatch.device(this, description.id(), bench::abandon);
  }

  @Override
  public DeviceDescription description() {
    bench.requireOpen();
    return description;
  }

  @Override
  public void load(SlmFrame frame) {
    try (BenchOnGpu.Use use = bench.use()) {
      synchronized (this) {
        bench.verbs().load(frame);
      }
    }
  }

  @Override
  public void transform() {
    try (BenchOnGpu.Use use = bench.use()) {
      synchronized (this) {
        bench.verbs().transform();
      }
    }
  }

  @Override
  public void read(Readout readout, DetectorFrame into) {
    try (BenchOnGpu.Use use = bench.use()) {
      synchronized (this) {
        bench.verbs().read(readout, into);
      }
    }
  }

  @Override
  public Job submit(FrameSequence sequence, JobOptions options) {
    try (BenchOnGpu.Use use = bench.use()) {
      SequenceReads reads = new SequenceReads(sequence, options, description);
      if (memory) {
        synchronized (this) {
          bench.run(sequence, reads);
        }
      } else {
        bench.run(sequence, reads);
      }
    } finally {
      Reference.reachabilityFence(this);
    }
    return Job.completed();
  }

  @Override
  public Telemetry telemetry() {
    bench.requireOpen();
    return bench.clock().telemetry();
  }

  @Override
  public void close() {
    leakWatch.closed();
    bench.close();
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    return capability == DeviceMemory.class
        ? bench.resident().map(capability::cast)
        : Optional.empty();
  }

  /** Buffers this device likes best: it copies them to page-locked memory of its own. */
  static BufferKind preferredBuffers() {
    return BufferKind.HEAP;
  }
}
