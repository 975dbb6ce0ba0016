// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import org.ofp.cuda.gpu.GpuMemory;

/** Memory of the emulated GPU. */
final class EmulatedMemory implements GpuMemory {
  private final EmulatedGpu gpu;
  private final long address;
  private final long bytes;
  private final Holdings.Held held;
  private Region region;

  EmulatedMemory(EmulatedGpu gpu, Region region, Holdings.Held held) {
    this.gpu = gpu;
    this.region = region;
    this.address = region.base;
    this.bytes = region.size;
    this.held = held;
  }

  @Override
  public long address() {
    return address;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public synchronized void close() {
    if (region == null) {
      return;
    }
    try {
      gpu.drain();
    } finally {
      gpu.addresses().remove(region);
      region = null;
      held.close();
    }
    gpu.failures().free("cuMemFree");
  }
}
