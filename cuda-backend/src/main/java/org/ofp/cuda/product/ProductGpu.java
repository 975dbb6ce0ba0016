// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuStream;

/** A GPU that multiplies matrices. Safe for use by several threads. */
interface ProductGpu extends AutoCloseable {
  /** The GPU. */
  Gpu gpu();

  /** Products that are queued on a stream; closed before the stream. */
  GpuBlas openBlas(GpuStream stream);

  /** Gives the GPU up. */
  @Override
  void close();
}
