// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import org.ofp.kernels.ComplexProduct;
import org.ofp.kernels.PreparedProduct;

/**
 * The complex product by cuBLAS, for data in the host's memory: an engine to be asked for by name.
 * A convolution's matrices have few columns, so that copying them takes longer than multiplying
 * them on the host. Products of data that are on the GPU do not come here.
 */
public final class CudaProduct implements ComplexProduct {
  /** Made by {@link java.util.ServiceLoader}. */
  public CudaProduct() {}

  @Override
  public String name() {
    return InstalledGpu.ENGINE;
  }

  /** Below all engines of the host. */
  @Override
  public int priority() {
    return 0;
  }

  @Override
  public void probe() {
    InstalledGpu.probe();
  }

  @Override
  public PreparedProduct prepare(int matrices, int m, int k) {
    return new PreparedOnGpu(InstalledGpu.lanes(), matrices, m, k);
  }
}
