// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuStream;

/** A stream, with room for one piece of a product: its weights, its input and its output. */
final class ProductLane implements AutoCloseable {
  private final GpuStream stream;
  private final GpuBlas blas;
  private final PointwiseOnGpu pointwise;
  private final Mirror weights;
  private final Mirror input;
  private final Mirror output;

  ProductLane(ProductGpu products) {
    Gpu gpu = products.gpu();
    weights = new Mirror(gpu, "weights of a product");
    input = new Mirror(gpu, "input of a product");
    output = new Mirror(gpu, "output of a product");
    pointwise = new PointwiseOnGpu(gpu);
    stream = gpu.openStream();
    try {
      blas = products.openBlas(stream);
    } catch (RuntimeException | Error e) {
      stream.close();
      throw e;
    }
  }

  GpuStream stream() {
    return stream;
  }

  GpuBlas blas() {
    return blas;
  }

  PointwiseOnGpu pointwise() {
    return pointwise;
  }

  Mirror weights() {
    return weights;
  }

  Mirror input() {
    return input;
  }

  Mirror output() {
    return output;
  }

  /** Waits for what is under way and frees everything, whatever fails. */
  @Override
  public void close() {
    try (Mirror first = weights;
        Mirror second = input;
        Mirror third = output;
        GpuStream fourth = stream;
        GpuBlas fifth = blas) {
      stream.synchronize();
    }
  }
}
