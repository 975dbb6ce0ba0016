// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuDescription;
import org.ofp.cuda.gpu.GpuFunction;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/** A GPU that counts what crosses the bus by its streams. */
final class CountingGpu implements Gpu {
  private final Gpu gpu;
  long up;
  long down;

  CountingGpu(Gpu gpu) {
    this.gpu = gpu;
  }

  @Override
  public GpuStream openStream() {
    return new Counting(gpu.openStream());
  }

  /** The stream that does the work, whose own transfers are not counted. */
  static GpuStream uncounted(GpuStream stream) {
    return ((Counting) stream).stream;
  }

  private final class Counting implements GpuStream {
    final GpuStream stream;

    Counting(GpuStream stream) {
      this.stream = stream;
    }

    @Override
    public long handle() {
      return stream.handle();
    }

    @Override
    public void upload(HostMemory from, long fromByte, long toAddress, long bytes) {
      up += bytes;
      stream.upload(from, fromByte, toAddress, bytes);
    }

    @Override
    public void download(long fromAddress, HostMemory to, long toByte, long bytes) {
      down += bytes;
      stream.download(fromAddress, to, toByte, bytes);
    }

    @Override
    public void copy(long fromAddress, long toAddress, long bytes) {
      stream.copy(fromAddress, toAddress, bytes);
    }

    @Override
    public void clear(long address, long bytes) {
      stream.clear(address, bytes);
    }

    @Override
    public void launch(GpuFunction function, int blocks, int threads, Object... arguments) {
      stream.launch(function, blocks, threads, arguments);
    }

    @Override
    public void synchronize() {
      stream.synchronize();
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  @Override
  public GpuDescription description() {
    return gpu.description();
  }

  @Override
  public long freeBytes() {
    return gpu.freeBytes();
  }

  @Override
  public GpuMemory allocate(String purpose, long bytes) {
    return gpu.allocate(purpose, bytes);
  }

  @Override
  public HostMemory allocateHost(String purpose, long bytes) {
    return gpu.allocateHost(purpose, bytes);
  }

  @Override
  public GpuFunction function(String module, String name) {
    return gpu.function(module, name);
  }

  @Override
  public void close() {
    gpu.close();
  }
}
