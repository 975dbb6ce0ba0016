// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.nio.FloatBuffer;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.kernels.Kernels;
import org.ofp.kernels.PreparedProduct;

/**
 * Complex products by the host's engine, so that layers come out bit for bit as by way of the host.
 */
final class HostBlas implements GpuBlas {
  private final Gpu gpu;
  private final GpuStream stream;

  HostBlas(Gpu gpu, GpuStream stream) {
    this.gpu = gpu;
    this.stream = stream;
  }

  @Override
  public void complex(
      int batch,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long strideA,
      long b,
      int ldb,
      long strideB,
      float beta,
      long c,
      int ldc,
      long strideC) {
    if (lda != k || ldb != n || ldc != n || beta != 0) {
      throw new IllegalArgumentException("only contiguous products are for this double");
    }
    try (HostMemory left = fetched(a, 8L * batch * m * k);
        HostMemory right = fetched(b, 8L * batch * k * n);
        HostMemory result = gpu.allocateHost("product", 8L * batch * m * n);
        PreparedProduct product = Kernels.complexProduct().prepare(batch, m, k)) {
      product.weights().put(0, HostPipeline.floats(left), 0, 2 * batch * m * k);
      FloatBuffer y = HostPipeline.floats(result);
      product.multiply(0, batch, n, HostPipeline.floats(right), 0, y, 0);
      stream.upload(result, 0, c, 8L * batch * m * n);
      stream.synchronize();
    }
  }

  private HostMemory fetched(long address, long bytes) {
    HostMemory host = gpu.allocateHost("factor", bytes);
    stream.download(address, host, 0, bytes);
    stream.synchronize();
    return host;
  }

  @Override
  public void real(
      int batch,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long strideA,
      long b,
      int ldb,
      long strideB,
      float beta,
      long c,
      int ldc,
      long strideC) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
