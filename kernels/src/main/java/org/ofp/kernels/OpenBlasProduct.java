// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/** The complex product by OpenBLAS, single-threaded. */
public final class OpenBlasProduct implements ComplexProduct {

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public int priority() {
    return 30;
  }

  @Override
  public void probe() {
    NativeLibraries.openBlas();
  }

  @Override
  public PreparedProduct prepare(int matrices, int m, int k, float[] w) {
    return NativeProduct.prepare(NativeLibraries.openBlas(), matrices, m, k, w);
  }
}
