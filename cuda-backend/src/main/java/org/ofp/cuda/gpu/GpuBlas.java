// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/**
 * Batched matrix products by cuBLAS, row-major: {@code C[i] = A[i]·B[i] + β·C[i]}. Belongs to one
 * stream and is used by one thread at a time.
 *
 * <p>Matrices are given by address, leading dimension (elements from row to row) and stride
 * (elements from matrix to matrix; 0 to use one for all).
 */
public interface GpuBlas extends AutoCloseable {
  /** Real: {@code [m][k]·[k][n]}. */
  void real(
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
      long strideC);

  /** Complex, interleaved; sizes in complex numbers. */
  void complex(
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
      long strideC);

  /** Gives the library's handle back. Closing again does nothing. */
  @Override
  void close();
}
