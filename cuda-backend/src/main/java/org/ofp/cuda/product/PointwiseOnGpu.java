// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuFunction;
import org.ofp.cuda.gpu.GpuStream;

/**
 * The pointwise product of one image that is on the GPU: {@code Y = W·X + bias}, row-major, with
 * pixels along the rows.
 *
 * <p>The bias is what the product is added to (β = 1), put there before by a kernel. A row of ones
 * in X would save that write, but only with an odd number of columns in W, for which cuBLAS has
 * slower kernels, and with X in the engine's own memory.
 */
final class PointwiseOnGpu {
  private static final int THREADS = 256;

  private final GpuFunction fillRows;

  PointwiseOnGpu(Gpu gpu) {
    fillRows = gpu.function("product", "fill_rows");
  }

  /**
   * Queues the product.
   *
   * @param blas of {@code stream}
   * @param w address of {@code [cout][cin]}
   * @param bias address of {@code [cout]}, 0 for none
   * @param x address of {@code [cin][pixels]}
   * @param y address of {@code [cout][pixels]}
   */
  void queue(
      GpuStream stream,
      GpuBlas blas,
      int cout,
      int cin,
      int pixels,
      long w,
      long bias,
      long x,
      long y) {
    if (bias != 0) {
      int blocksPerRow = (pixels + THREADS - 1) / THREADS;
      stream.launch(
          fillRows, Math.multiplyExact(cout, blocksPerRow), THREADS, y, bias, (Integer) pixels);
    }
    float beta = bias == 0 ? 0 : 1;
    blas.real(1, cout, pixels, cin, w, cin, 0, x, pixels, 0, beta, y, pixels, 0);
  }
}
