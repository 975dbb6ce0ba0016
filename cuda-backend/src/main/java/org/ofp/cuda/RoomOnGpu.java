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
      memory = gpu.allocate(purpose, bytes);
      stream.clear(memory.address(), bytes);
    }
  }

  long address() {
    return memory.address();
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }
}
