// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.util.List;
import org.ofp.cuda.emulator.EmulatedBlas;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuStream;

/** An emulated GPU for products. */
final class TestGpu implements ProductGpu {
  private final EmulatedGpu gpu = new EmulatedGpu();
  private volatile boolean closed;

  /** Memory, streams and handles that are open. */
  List<String> alive() {
    return gpu.alive();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public EmulatedGpu gpu() {
    return gpu;
  }

  @Override
  public GpuBlas openBlas(GpuStream stream) {
    return new EmulatedBlas(stream);
  }

  @Override
  public void close() {
    closed = true;
    gpu.close();
  }
}
