// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Page-locked memory from {@code cuMemHostAlloc}. */
final class DriverHostMemory extends DriverResource implements HostMemory {
  private final Pointer pointer;
  private final ByteBuffer bytes;

  DriverHostMemory(DriverGpu gpu, Pointer pointer, long bytes) {
    super(gpu, "page-locked memory");
    this.pointer = pointer;
    this.bytes = pointer.getByteBuffer(0, bytes);
  }

  @Override
  public ByteBuffer bytes() {
    requireOpen();
    return bytes.duplicate().order(ByteOrder.nativeOrder());
  }

  /** Where a piece of it starts; refuses what is not within it, which the driver would not. */
  Pointer at(long offset, long count) {
    requireOpen();
    if (offset < 0 || count < 0 || offset > bytes.capacity() - count) {
      throw new IllegalArgumentException(
          "bytes " + offset + " to " + (offset + count) + " of " + bytes.capacity());
    }
    return pointer.withByteOffset(offset);
  }

  @Override
  void free() {
    gpu().check("freeing page-locked memory", "cuMemFreeHost", JCudaDriver.cuMemFreeHost(pointer));
  }
}
