// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.nio.FloatBuffer;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** A block of a {@link CudaMemory}. */
final class CudaBuffer implements DeviceBuffer {
  private final CudaMemory memory;
  private final String purpose;
  private final GpuMemory block;
  private final long floats;
  private boolean closed;

  CudaBuffer(CudaMemory memory, String purpose, GpuMemory block, long floats) {
    this.memory = memory;
    this.purpose = purpose;
    this.block = block;
    this.floats = floats;
  }

  @Override
  public long floats() {
    return floats;
  }

  @Override
  public void write(FloatBuffer from, int first, long at, int n) {
    memory.upload(from, first, this, at, n);
  }

  @Override
  public void read(long at, FloatBuffer to, int first, int n) {
    memory.download(this, at, to, first, n);
  }

  @Override
  public void copy(long at, DeviceBuffer to, long toAt, long n) {
    memory.copy(this, at, to, toAt, n);
  }

  @Override
  public void clear(long at, long n) {
    memory.clear(this, at, n);
  }

  /**
   * Address of the value at {@code at}, of which {@code n} are wanted. To be called with the
   * memory's lock.
   */
  long address(CudaMemory where, long at, long n) {
    if (where != memory) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT, "the buffer for " + purpose + " lies in another memory");
    }
    if (closed) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT, "the buffer for " + purpose + " was closed");
    }
    if (at < 0 || n < 0 || at > floats - n) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "the buffer for "
              + purpose
              + " holds "
              + floats
              + " values; "
              + n
              + " from "
              + at
              + " on are asked for");
    }
    return block.address() + at * Float.BYTES;
  }

  /** Marks it as closed; null if it was already. To be called with the memory's lock. */
  GpuMemory takeBlock() {
    GpuMemory taken = closed ? null : block;
    closed = true;
    return taken;
  }

  @Override
  public void close() {
    memory.release(this);
  }
}
