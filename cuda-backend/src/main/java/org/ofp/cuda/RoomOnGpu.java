// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;

/** Memory of a GPU that grows as needed and is used again; not for several threads at once. */
final class RoomOnGpu implements AutoCloseable {
  private final Gpu gpu;
  private final GpuStream stream;
  private final String purpose;
  private GpuMemory memory;

  RoomOnGpu(Gpu gpu, GpuStream stream, String purpose) {
    this.gpu = gpu;
    this.stream = stream;
    this.purpose = purpose;
  }

  /** Makes it at least so large; what was there is lost if it has to grow, and all is zero then. */
  void reserve(long bytes) {
    if (memory == null || memory.bytes() < bytes) {
      close();
      GpuMemory larger = gpu.allocate(purpose, bytes);
      try {
        stream.clear(larger.address(), bytes);
      } catch (RuntimeException | Error e) {
        larger.close();
        throw e;
      }
      memory = larger;
    }
  }

  long address() {
    return memory.address();
  }

  @Override
  public void close() {
    GpuMemory old = memory;
    memory = null;
    if (old != null) {
      old.close();
    }
  }
}
