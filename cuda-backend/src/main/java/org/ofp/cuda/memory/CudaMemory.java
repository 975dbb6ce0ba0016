// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceFrames;
import org.ofp.device.DeviceMemory;
import org.ofp.device.DriverErrors;
import org.ofp.device.ErrorCode;
import org.ofp.device.FieldCoding;
import org.ofp.device.FieldProducts;
import org.ofp.device.FieldTiles;
import org.ofp.device.FrameShape;
import org.ofp.device.SpectraLayout;

/**
 * {@link DeviceMemory} of a GPU: one stream, on which all work is done in the order in which it is
 * asked for. Owned by a device, with which it is closed; closing frees everything that was taken
 * from it.
 */
public final class CudaMemory implements DeviceMemory, AutoCloseable {
  /** Codings whose fields, counts and plans are kept for their next use. */
  private static final int KEPT_FRAMES = 4;

  /** Floats of each of two pieces of page-locked memory: 8 MB. */
  private static final int STAGING = 1 << 21;

  private final Gpu gpu;
  private final FramePipeline.Factory pipelines;
  private final int pixelsAtOnce;
  private final GpuStream stream;
  private final MemoryPool pool;
  private final Staging staging;
  private final GpuTables tables;
  private final SpectralKernels kernels;
  private final Set<CudaBuffer> buffers = new HashSet<>();
  private final Set<CudaFrames> lent = new HashSet<>();

  /** The one used last at the end. */
  private final List<CudaFrames> idle = new ArrayList<>();

  private final GpuBlas blas;

  /** Held by every call; a lock that can be tried, for {@link #tryTrim}. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean closed;

  private CudaMemory(
      Gpu gpu, GpuStream stream, GpuBlas blas, FramePipeline.Factory pipelines, int pixelsAtOnce) {
    this.gpu = gpu;
    this.stream = stream;
    this.blas = blas;
    this.pipelines = pipelines;
    this.pixelsAtOnce = pixelsAtOnce;
    pool = new MemoryPool(gpu);
    staging = new Staging(gpu, stream, STAGING);
    tables = new GpuTables(this, staging);
    kernels = new SpectralKernels(gpu, stream);
  }

  /**
   * The memory of a GPU.
   *
   * @param gpu not owned
   * @param blases opens the library of products for a stream; empty where there is none
   * @param pipelines makes the bench
   * @param pixelsAtOnce pixels of the fields that are transformed at a time, at least 1; a single
   *     field may have more
   * @return empty where there is no library of products
   */
  public static Optional<CudaMemory> open(
      Gpu gpu,
      Function<GpuStream, Optional<GpuBlas>> blases,
      FramePipeline.Factory pipelines,
      int pixelsAtOnce) {
    GpuStream stream = gpu.openStream();
    Optional<GpuBlas> blas = Optional.empty();
    try {
      blas = blases.apply(stream);
      if (blas.isPresent()) {
        return Optional.of(new CudaMemory(gpu, stream, blas.get(), pipelines, pixelsAtOnce));
      }
    } catch (RuntimeException | Error e) {
      blas.ifPresent(GpuBlas::close);
      stream.close();
      throw e;
    }
    stream.close();
    return Optional.empty();
  }

  @Override
  public DeviceBuffer allocate(String purpose, long floats) {
    try (Held held = hold()) {
      requireOpen();
      return take(purpose, floats);
    }
  }

  /** The lock, until this is closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held hold() {
    lock.lock();
    return lock::unlock;
  }

  /** To be called with the lock. */
  CudaBuffer take(String purpose, long floats) {
    GpuMemory block = block(purpose, floats * Float.BYTES);
    CudaBuffer buffer = new CudaBuffer(this, purpose, block, floats);
    buffers.add(buffer);
    return buffer;
  }

  /** To be called with the lock. */
  GpuMemory block(String purpose, long bytes) {
    return withRoom(() -> pool.take(purpose, bytes));
  }

  /** To be called with the lock. */
  void giveBack(GpuMemory block) {
    pool.giveBack(block);
  }

  /** Tries again without what is kept for later if there is no room. */
  private <T> T withRoom(Supplier<T> taking) {
    try {
      return taking.get();
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.OUT_OF_MEMORY) {
        throw e;
      }
      trim();
      return taking.get();
    }
  }

  /** Frees what is kept for later use and is not in use now. */
  void trim() {
    try (Held held = hold()) {
      List<Runnable> closings = new ArrayList<>();
      idle.forEach(frames -> closings.add(frames::free));
      idle.clear();
      closings.add(pool::close);
      Closing.all(closings);
    }
  }

  /**
   * Frees what is kept for later use, for somebody else who needs room on the GPU; unless this is
   * at work for another thread, which is not waited for, since it may wait for the caller.
   *
   * @return whether anything was freed
   */
  public boolean tryTrim() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      boolean any = !idle.isEmpty() || !pool.isEmpty();
      trim();
      return any;
    } finally {
      lock.unlock();
    }
  }

  void release(CudaBuffer buffer) {
    try (Held held = hold()) {
      GpuMemory block = buffer.takeBlock();
      buffers.remove(buffer);
      if (block != null) {
        pool.giveBack(block);
      }
    }
  }

  @Override
  public DeviceFrames frames(FieldCoding coding) {
    try (Held held = hold()) {
      requireOpen();
      for (int i = 0; i < idle.size(); i++) {
        if (idle.get(i).coding().equals(coding)) {
          CudaFrames frames = idle.remove(i);
          frames.lend();
          lent.add(frames);
          return frames;
        }
      }
      FrameShape shape = coding.shape();
      int capacity = pipelines.capacity(shape, pixelsAtOnce / shape.pixels());
      CudaFrames frames = new CudaFrames(this, gpu, stream, kernels, coding, capacity, pipelines);
      lent.add(frames);
      return frames;
    }
  }

  /** To be called with the lock. */
  void giveBack(CudaFrames frames) {
    if (lent.remove(frames)) {
      idle.add(frames);
      if (idle.size() > KEPT_FRAMES) {
        idle.remove(0).free();
      }
    }
  }

  void upload(FloatBuffer from, int first, CudaBuffer to, long at, int n) {
    try (Held held = hold()) {
      requireOpen();
      requireHost(from, first, n);
      staging.upload(whole(from), first, to.address(this, at, n), n);
    }
  }

  void download(CudaBuffer from, long at, FloatBuffer to, int first, int n) {
    try (Held held = hold()) {
      requireOpen();
      requireHost(to, first, n);
      staging.download(from.address(this, at, n), whole(to), first, n);
    }
  }

  private static void requireHost(FloatBuffer host, int first, int n) {
    if (first < 0 || n < 0 || first > host.capacity() - n) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "the host's buffer holds "
              + host.capacity()
              + " values; "
              + n
              + " from "
              + first
              + " on are asked for");
    }
  }

  /** The buffer, its limit at its capacity, since copies stop at the limit. */
  private static FloatBuffer whole(FloatBuffer buffer) {
    return buffer.limit() == buffer.capacity() ? buffer : buffer.duplicate().clear();
  }

  void copy(CudaBuffer from, long at, DeviceBuffer to, long toAt, long n) {
    try (Held held = hold()) {
      requireOpen();
      long source = from.address(this, at, n);
      long target = address(to, toAt, n);
      if (n > 0) {
        stream.copy(source, target, n * Float.BYTES);
      }
    }
  }

  void clear(CudaBuffer buffer, long at, long n) {
    try (Held held = hold()) {
      requireOpen();
      long address = buffer.address(this, at, n);
      if (n > 0) {
        stream.clear(address, n * Float.BYTES);
      }
    }
  }

  @Override
  public void cut(FieldTiles tiles, DeviceBuffer maps, long first, int n, DeviceBuffer fields) {
    try (Held held = hold()) {
      requireOpen();
      tables.makeRoom();
      kernels.cut(
          tiles,
          tables.of(tiles.rows()),
          tables.of(tiles.cols()),
          address(maps, 0, floatsOfMaps(tiles, first, n)),
          first,
          n,
          address(fields, 0, 2L * n * tiles.frame().pixels()));
    }
  }

  @Override
  public void paste(
      FieldTiles tiles,
      DeviceBuffer fields,
      long first,
      int n,
      DeviceBuffer bias,
      DeviceBuffer maps) {
    try (Held held = hold()) {
      requireOpen();
      tables.makeRoom();
      kernels.paste(
          tiles,
          tables.of(tiles.rows()),
          tables.of(tiles.cols()),
          address(fields, 0, 2L * n * tiles.frame().pixels()),
          first,
          n,
          bias == null ? 0 : address(bias, 0, tiles.channels()),
          address(maps, 0, floatsOfMaps(tiles, first, n)));
    }
  }

  private static long floatsOfMaps(FieldTiles tiles, long first, int n) {
    long lastImage = (first + n - 1) / tiles.pairs() / tiles.tiles();
    return (lastImage + 1) * tiles.samples();
  }

  @Override
  public void separate(
      SpectraLayout layout, DeviceBuffer fields, long first, int n, DeviceBuffer spectra) {
    try (Held held = hold()) {
      requireOpen();
      kernels.separate(
          layout,
          address(fields, 0, 2L * n * layout.frame().pixels()),
          first,
          n,
          address(spectra, 0, floatsOfSpectra(layout, first, n)));
    }
  }

  @Override
  public void join(
      SpectraLayout layout, DeviceBuffer spectra, long first, int n, DeviceBuffer fields) {
    try (Held held = hold()) {
      requireOpen();
      kernels.join(
          layout,
          address(spectra, 0, floatsOfSpectra(layout, first, n)),
          first,
          n,
          address(fields, 0, 2L * n * layout.frame().pixels()));
    }
  }

  private static long floatsOfSpectra(SpectraLayout layout, long first, int n) {
    long lastBlock = (first + n - 1) / layout.pairs() / layout.columns();
    return (lastBlock + 1) * layout.blockFloats();
  }

  @Override
  public void combine(
      FieldProducts products,
      DeviceBuffer factors,
      DeviceBuffer fields,
      long first,
      int n,
      DeviceBuffer results) {
    try (Held held = hold()) {
      requireOpen();
      int pixels = products.frame().pixels();
      long inputs = products.firstField(first + n) - products.firstField(first);
      kernels.combine(
          products,
          address(factors, 0, 4L * products.pairs() * pixels),
          address(fields, 0, 2 * inputs * pixels),
          first,
          n,
          address(results, 0, 2L * n * pixels));
    }
  }

  @Override
  public void multiply(
      int matrices,
      int m,
      int k,
      int n,
      DeviceBuffer a,
      long aAt,
      DeviceBuffer x,
      long xAt,
      DeviceBuffer y,
      long yAt) {
    try (Held held = hold()) {
      requireOpen();
      long ofA = (long) m * k;
      long ofX = (long) k * n;
      long ofY = (long) m * n;
      blas.complex(
          matrices,
          m,
          n,
          k,
          address(a, aAt, 2L * matrices * ofA),
          k,
          ofA,
          address(x, xAt, 2L * matrices * ofX),
          n,
          ofX,
          0,
          address(y, yAt, 2L * matrices * ofY),
          n,
          ofY);
    }
  }

  private long address(DeviceBuffer buffer, long at, long n) {
    if (buffer instanceof CudaBuffer mine) {
      return mine.address(this, at, n);
    }
    throw new DeviceException(
        ErrorCode.INVALID_ARGUMENT, "this buffer lies in another device's memory");
  }

  void requireOpen() {
    if (closed) {
      throw DriverErrors.closed();
    }
  }

  /** Waits, then frees all buffers, whoever has them. */
  @Override
  public void close() {
    try (Held held = hold()) {
      if (closed) {
        return;
      }
      closed = true;
      List<Runnable> closings = new ArrayList<>();
      lent.forEach(frames -> closings.add(frames::free));
      lent.clear();
      closings.add(() -> List.copyOf(buffers).forEach(this::release));
      closings.add(tables::close);
      closings.add(this::trim);
      closings.add(blas::close);
      closings.add(staging::close);
      closings.add(stream::close);
      Closing.all(closings);
    }
  }
}
