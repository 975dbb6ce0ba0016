// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/** The complex product by Intel MKL, single-threaded. */
public final class MklProduct implements ComplexProduct {

  @Override
  public String name() {
    return "mkl";
  }

  @Override
  public int priority() {
    return 50;
  }

  @Override
  public void probe() {
    NativeLibraries.mkl();
  }

  @Override
  public PreparedProduct prepare(int matrices, int m, int k) {
    return NativeProduct.prepare(NativeLibraries.mkl(), matrices, m, k);
  }
}
