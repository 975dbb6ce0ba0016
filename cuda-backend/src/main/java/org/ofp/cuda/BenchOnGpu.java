// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.memory.CudaMemory;
import org.ofp.cuda.memory.FramePipeline;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.DriverErrors;
import org.ofp.device.ErrorCode;
import org.ofp.device.FieldCoding;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.SequenceReads;
import org.ofp.optics.BenchClock;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.PointedBeam;
import org.ofp.optics.Settling;

/**
 * All that a {@link CudaDevice} has on the GPU, and the jobs that run there. Apart from the device,
 * so that it can be freed for a device that nobody closed. Safe for use by several threads.
 */
final class BenchOnGpu implements AutoCloseable {
  /** Pixels of a run: 32 MB of frames. */
  private static final int RUN_PIXELS = 1 << 22;

  /** Pixels of a run of fields that stay on the GPU. */
  private static final int RESIDENT_PIXELS = 1 << 24;

  /** Most fields of such a run: tiny ones need more beside their pixels than for them. */
  private static final int RESIDENT_FRAMES = 1 << 16;

  private static final int PIXEL_BYTES = 2 * Float.BYTES;

  /** A pixel of a field that stays on the GPU: itself, its power, and up to four counts. */
  private static final int RESIDENT_BYTES = 7 * Float.BYTES;

  /** A job that has not ended by then hangs: runs of frames take milliseconds. */
  private static final long CLOSE_SECONDS = 60;

  private final DeviceDescription description;
  private final BenchParameters bench;
  private final double memory;
  private final TrimmingGpu gpu;
  private final GpuFft fft;
  private final Runnable last;
  private final Launcher launcher;
  private final BenchClock clock;
  private final NoiseOnGpu noise;
  private final LanePool lanes;
  private final Map<FrameShape, BenchTables> tables = new ConcurrentHashMap<>();

  /** State of a panel that settles slowly; null for others. */
  private final GpuMemory panel;

  /** Held for reading while the GPU is used, for writing to close. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private final Function<GpuStream, Optional<GpuBlas>> blases;

  private Verbs verbs;

  /** Null until it is asked for; written with the lock of this. */
  private volatile Optional<CudaMemory> resident;

  private volatile boolean closed;

  /** Guarded by the lock for closing. */
  private boolean freed;

  /**
   * Takes what every job needs.
   *
   * @param memory bytes that frames on their way may take, on all lanes
   * @param blases opens cuBLAS for a stream; empty where it cannot be used
   * @param last done when all is freed
   */
  BenchOnGpu(
      DeviceDescription description,
      BenchParameters bench,
      double memory,
      Gpu gpu,
      GpuFft fft,
      Function<GpuStream, Optional<GpuBlas>> blases,
      Runnable last) {
    this.blases = blases;
    this.description = description;
    this.bench = bench;
    this.memory = memory;
    this.gpu = new TrimmingGpu(gpu, this::trimResident);
    this.fft = this.gpu.transforms(fft);
    this.last = last;
    launcher = new Launcher(this.gpu, "bench");
    noise = new NoiseOnGpu(this.gpu);
    clock = new BenchClock(bench);
    lanes = new LanePool(() -> new Lane(this.gpu, this.fft, description, clock));
    Settling settling = Settling.of(bench);
    panel = settling == null ? null : blank(settling.panel());
  }

  private GpuMemory blank(FrameShape shape) {
    long bytes = 2L * Float.BYTES * shape.pixels();
    GpuMemory memory = gpu.allocate("the panel's state", bytes);
    try (GpuStream stream = gpu.openStream()) {
      stream.clear(memory.address(), bytes);
      return memory;
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  DeviceDescription description() {
    return description;
  }

  BenchClock clock() {
    return clock;
  }

  /** Address of the panel's state, 0 if it settles at once. */
  long panel() {
    return panel == null ? 0 : panel.address();
  }

  /** Keeps the GPU's memory from being freed until it is closed. */
  interface Use extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * To be held while the GPU is used.
   *
   * @throws DeviceException with {@link ErrorCode#CLOSED}
   */
  Use use() {
    requireOpen();
    use.readLock().lock();
    if (closed) {
      use.readLock().unlock();
    }
    requireOpen();
    return use.readLock()::unlock;
  }

  void requireOpen() {
    if (closed) {
      throw DriverErrors.closed();
    }
  }

  /** A pipeline of a stream for frames of one shape, to be closed by the caller. */
  BenchPipeline pipeline(BenchTables path, GpuStream stream) {
    return new BenchPipeline(path, gpu, fft, stream, description, clock);
  }

  /**
   * Where fields may stay on the GPU. Not on a bench with memory or a beam that wanders, which take
   * their frames one by one, nor without cuBLAS, nor once this is closed.
   */
  synchronized Optional<CudaMemory> resident() {
    if (closed) {
      return Optional.empty();
    }
    if (resident == null) {
      resident =
          bench.hasMemory() || wanders()
              ? Optional.empty()
              : CudaMemory.open(
                  gpu,
                  blases,
                  residentBenches(),
                  (int) Math.max(1, Math.min(memory / RESIDENT_BYTES, RESIDENT_PIXELS)));
    }
    return resident;
  }

  /** Does not wait for who is at work there, who may wait for tables that the caller makes. */
  private boolean trimResident() {
    return resident != null && resident.isPresent() && resident.get().tryTrim();
  }

  private FramePipeline.Factory residentBenches() {
    return new FramePipeline.Factory() {
      @Override
      public FramePipeline open(GpuStream stream, FieldCoding coding, int capacity) {
        BenchTables path = tables(coding.shape(), 0, 0);
        return new ResidentBench(pipeline(path, stream), stream, coding);
      }

      @Override
      public int capacity(FrameShape shape, int fit) {
        return FrameFft.wholeBatches(shape, Math.min(fit, RESIDENT_FRAMES));
      }
    };
  }

  private synchronized void closeResident() {
    if (resident != null) {
      resident.ifPresent(CudaMemory::close);
    }
  }

  GpuStream openStream() {
    return gpu.openStream();
  }

  Gpu gpu() {
    return gpu;
  }

  /** The verbs' frame; for one thread at a time. */
  Verbs verbs() {
    if (verbs == null) {
      verbs = new Verbs(this);
    }
    return verbs;
  }

  /** Whether tables are made for every frame anew, and owned by who asked for them. */
  boolean wanders() {
    return PointedBeam.wanders(bench);
  }

  /** The bench as a frame finds it. */
  BenchTables tables(FrameShape shape, long id, int repeat) {
    FrameChecks.requireShape(shape, description.capabilities());
    if (wanders()) {
      return make(PointedBeam.of(bench, shape, id, repeat), shape);
    }
    BenchTables known = tables.get(shape);
    return known != null ? known : tables.computeIfAbsent(shape, s -> make(bench, s));
  }

  private BenchTables make(BenchParameters of, FrameShape shape) {
    try (GpuStream stream = gpu.openStream()) {
      return new BenchTables(of, shape, gpu, fft, noise, launcher, stream);
    }
  }

  /**
   * Runs a job; {@link #use} is to be held.
   *
   * @param reads of the sequence, for its deadline and interrupts
   */
  void run(FrameSequence sequence, SequenceReads reads) {
    if (sequence.size() == 0) {
      return;
    }
    if (wanders()) {
      runOneByOne(sequence, reads);
    } else {
      BenchTables path = tables(sequence.shape(), 0, 0);
      run(sequence, reads, path, bench.hasMemory() ? 1 : atOnce(sequence, path));
    }
  }

  /** Frames of a run. */
  private int atOnce(FrameSequence sequence, BenchTables path) {
    int pixels = sequence.shape().pixels();
    int powers = path.light().integratesPower() ? 1 : 0;
    double frameBytes =
        (double) pixels
            * (PIXEL_BYTES
                + Float.BYTES * (powers + sequence.planes() * sequence.readouts().size()));
    double fit = memory / LanePool.MOST / frameBytes;
    int most = Math.max(1, RUN_PIXELS / pixels);
    return FrameFft.wholeBatches(sequence.shape(), (int) Math.min(fit, most));
  }

  /** Runs of frames, on two lanes in turn if a second one is free. */
  private void run(FrameSequence sequence, SequenceReads reads, BenchTables path, int atOnce) {
    try (LanePool.Lent lane = lanes.take();
        LanePool.Lent other =
            sequence.size() > atOnce && !bench.hasMemory() ? lanes.tryTake() : null) {
      boolean second = false;
      for (int first = 0; first < sequence.size(); first += atOnce) {
        requireOpen();
        reads.requireTime();
        Lane current = second && other != null ? other.lane() : lane.lane();
        second = !second;
        current.finish();
        int n = Math.min(atOnce, sequence.size() - first);
        current.start(path, sequence, first, n, panel());
      }
      lane.lane().finish();
      if (other != null) {
        other.lane().finish();
      }
    }
  }

  private void runOneByOne(FrameSequence sequence, SequenceReads reads) {
    try (LanePool.Lent lent = lanes.take()) {
      Lane lane = lent.lane();
      for (int i = 0; i < sequence.size(); i++) {
        requireOpen();
        reads.requireTime();
        try (BenchTables path = tables(sequence.shape(), sequence.id(i), sequence.repeat(i))) {
          lane.start(path, sequence, i, 1, panel());
          lane.finish();
          lane.forget(path);
        }
      }
    }
  }

  /**
   * Frees everything, once the jobs that are under way have ended. Closing again does nothing.
   *
   * @throws DeviceException with {@link ErrorCode#DEVICE_FAILURE} if a job hangs
   */
  @Override
  public void close() {
    if (!free(CLOSE_SECONDS)) {
      throw new DeviceException(
          ErrorCode.DEVICE_FAILURE,
          "the GPU's memory was not freed: a job did not end in "
              + CLOSE_SECONDS
              + " s after the device was closed");
    }
  }

  /** As {@link #close}, for a device that nobody closed: in a second or not at all. */
  void abandon() {
    free(1);
  }

  private boolean free(long seconds) {
    closed = true;
    if (!lockAlone(seconds)) {
      return false;
    }
    try {
      if (!freed) {
        freed = true;
        freeAll();
      }
    } finally {
      use.writeLock().unlock();
    }
    return true;
  }

  private void freeAll() {
    List<Runnable> closings = new ArrayList<>();
    if (verbs != null) {
      closings.add(verbs::close);
    }
    closings.add(this::closeResident);
    closings.add(lanes::close);
    tables.values().forEach(path -> closings.add(path::close));
    closings.add(noise::close);
    if (panel != null) {
      closings.add(panel::close);
    }
    closings.add(last);
    Closing.all(closings);
  }

  private boolean lockAlone(long seconds) {
    try {
      return use.writeLock().tryLock(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return use.writeLock().tryLock();
    }
  }
}
