// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.ofp.cuda.gpu.HostMemory;

/**
 * Ordinary memory of the host; all bits are 1 at first. Knows of copies that are under way, and
 * refuses to be freed before they are done.
 */
final class EmulatedHostMemory implements HostMemory {
  private final EmulatedGpu gpu;
  private final String purpose;
  private final ByteBuffer memory;
  private final Holdings.Held held;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean closed;

  EmulatedHostMemory(EmulatedGpu gpu, String purpose, long bytes) {
    this.gpu = gpu;
    this.purpose = purpose;
    this.memory = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
    while (memory.hasRemaining()) {
      memory.put((byte) 0xFF);
    }
    memory.clear();
    this.held = gpu.holdings().take("cuMemHostAlloc", "host memory: " + purpose, 0);
  }

  @Override
  public ByteBuffer bytes() {
    if (closed) {
      throw new GpuFault("host memory '" + purpose + "' is used after it was freed");
    }
    return memory.duplicate().order(ByteOrder.nativeOrder());
  }

  /** A part of it. */
  ByteBuffer slice(long at, long length) {
    if (at < 0 || length < 0 || at > memory.capacity() - length) {
      throw new GpuFault(
          "copy of "
              + length
              + " bytes at byte "
              + at
              + " of host memory '"
              + purpose
              + "' of "
              + memory.capacity()
              + " bytes");
    }
    return bytes().position((int) at).limit((int) (at + length));
  }

  /** A copy was queued. */
  void begin() {
    underWay.incrementAndGet();
  }

  /** It was done or given up. */
  void end() {
    underWay.decrementAndGet();
  }

  /** What a part of it holds, in short. */
  long checksum(long at, long length) {
    CRC32 sum = new CRC32();
    sum.update(slice(at, length));
    return sum.getValue();
  }

  /** For messages. */
  String purpose() {
    return purpose;
  }

  /** A GPU that is lost copies no more. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    boolean early = underWay.get() > 0 && !gpu.failures().isLost();
    closed = true;
    held.close();
    if (early) {
      throw new GpuFault(
          "host memory '" + purpose + "' is freed while copies from or to it are under way");
    }
  }
}
