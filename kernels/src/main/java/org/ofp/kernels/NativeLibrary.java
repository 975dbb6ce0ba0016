// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import org.bytedeco.javacpp.FloatPointer;

/** What the engines need of a BLAS library. Thread-safe; matrices are row-major. */
interface NativeLibrary {

  /**
   * C[f] = A[f]·B[f] for {@code batch} dense complex matrices: A is [m][k], B [k][n], C [m][n]. May
   * move the views.
   */
  void complexProducts(int batch, int m, int n, int k, NativeView a, NativeView b, NativeView c);

  /** C = A·B (+ C if {@code add}) for real matrices of row strides lda, ldb, ldc. */
  void realProduct(
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      boolean add,
      FloatPointer c,
      int ldc);
}
