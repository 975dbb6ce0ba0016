// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import jcuda.driver.JCudaDriver;

/** Memory from {@code cuMemAlloc}. */
final class DriverMemory extends DriverResource implements GpuMemory {
  private final Address address;
  private final long bytes;

  DriverMemory(DriverGpu gpu, Address address, long bytes) {
    super(gpu, "memory");
    this.address = address;
    this.bytes = bytes;
  }

  @Override
  public long address() {
    requireOpen();
    return address.value();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  void free() {
    gpu().check("freeing memory", "cuMemFree", JCudaDriver.cuMemFree(address));
  }
}
