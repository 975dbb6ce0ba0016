// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/** The complex product by OpenBLAS, single-threaded. */
public final class OpenBlasProduct implements ComplexProduct {

  @Override
  public String name() {
    return "openblas";
  }

  /**
   * Before MKL on processors of other makers than Intel's, on which MKL leaves the widest vectors
   * unused: m = k = 64, n = 64 on an AMD EPYC with AVX-512 takes MKL 23 µs, OpenBLAS 14 µs with the
   * kernels that {@code OPENBLAS_CORETYPE=SkylakeX} names and 22 µs with those it picks by itself.
   */
  @Override
  public int priority() {
    return Processor.isIntel() ? 30 : 60;
  }

  @Override
  public void probe() {
    NativeLibraries.openBlas();
  }

  @Override
  public PreparedProduct prepare(int matrices, int m, int k) {
    return NativeProduct.prepare(NativeLibraries.openBlas(), matrices, m, k);
  }
}
