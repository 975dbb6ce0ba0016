// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.FloatBuffer;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/**
 * Floats that are both in page-locked memory of the host and on the GPU, with copies from one to
 * the other. Grown on demand and kept. Used by one thread at a time.
 */
final class Mirror implements AutoCloseable {
  /** Floats in the largest piece of page-locked memory. */
  private static final int MOST = Integer.MAX_VALUE / Float.BYTES;

  private final Gpu gpu;
  private final String purpose;
  private HostMemory host;
  private GpuMemory device;
  private FloatBuffer floats;

  /**
   * @param purpose what they are for, in a few words
   */
  Mirror(Gpu gpu, String purpose) {
    this.gpu = gpu;
    this.purpose = purpose;
  }

  /**
   * The floats on the host, from 0 on. Contents are lost when there have to be more; then no copy
   * may be under way.
   *
   * @param wanted at least 1
   */
  FloatBuffer atLeast(long wanted) {
    if (wanted > MOST) {
      throw new IllegalArgumentException(
          purpose
              + " of "
              + wanted
              + " floats is beyond "
              + MOST
              + ", the most that is copied at once; use an engine of the host, such as"
              + " -Dofp.product=java");
    }
    if (floats == null || floats.capacity() < wanted) {
      close();
      grow(Math.min(MOST, 2 * Long.highestOneBit(Math.max(1, wanted - 1))));
    }
    return floats;
  }

  private void grow(long wanted) {
    device = gpu.allocate(purpose, wanted * Float.BYTES);
    host = gpu.allocateHost(purpose, wanted * Float.BYTES);
    floats = host.bytes().asFloatBuffer();
  }

  /** Where the floats are on the GPU. */
  long address() {
    return device.address();
  }

  /** Queues the copy of the first so many floats to the GPU. */
  void upload(GpuStream stream, long count) {
    stream.upload(host, 0, device.address(), count * Float.BYTES);
  }

  /** Queues the copy of the first so many floats from the GPU. */
  void download(GpuStream stream, long count) {
    stream.download(device.address(), host, 0, count * Float.BYTES);
  }

  @Override
  public void close() {
    floats = null;
    try (GpuMemory oldDevice = device;
        HostMemory oldHost = host) {
      device = null;
      host = null;
    }
  }
}
