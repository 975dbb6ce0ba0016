// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import org.bytedeco.javacpp.CLongPointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;

/**
 * Intel MKL through the JavaCPP preset, single-threaded.
 *
 * <p><b>Threads.</b> The preset does not ship {@code libmkl_sequential}: with the sequential
 * threading layer the first call ends the process (seen, exit status 2). One thread in the default
 * layer does instead: no worker is ever started.
 *
 * <p><b>OpenBLAS first.</b> At its first call {@code libmkl_rt} makes MKL's symbols global, and
 * libraries whose BLAS symbols are not bound yet get MKL's from then on: OpenBLAS asked for by name
 * was silently MKL (seen as its error and speed to the last digit). So {@link NativeLibraries}
 * loads and binds OpenBLAS, where it is on the class path, before MKL. The same happens to
 * libtorch: its matrix products are MKL's if MKL was called first, OpenBLAS's if libtorch was, and
 * differ in the last bits. Who needs them equal must fix the order.
 *
 * <p><b>Which product.</b> Single-threaded, m = k = 64, n = 16 on an AMD EPYC with AVX-512: cgemm
 * 89 GFLOP/s at a relative error of 1.4e-7, cgemm3m 62 GFLOP/s at 2.0e-7, the just-in-time kernels
 * not available for complex. So cgemm; its strided batch saves the call per matrix, which is worth
 * a factor of 1.6 at m = k = 4, n = 16.
 *
 * <p><b>First use.</b> Unpacking MKL's libraries into JavaCPP's cache takes 3 s and 560 MB of disk;
 * later processes load them in 0.4 s.
 */
final class MklLibrary implements NativeLibrary {

  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;

  private final FloatPointer one;
  private final FloatPointer zero;

  MklLibrary() {
    Loader.load(mkl_rt.class);
    mkl_rt.MKL_Set_Num_Threads(1);
    one = Unscoped.keep(new FloatPointer(1f, 0f));
    zero = Unscoped.keep(new FloatPointer(0f, 0f));
  }

  @Override
  public void complexProducts(
      int batch, int m, int n, int k, NativeView a, NativeView b, NativeView c) {
    mkl_rt.cblas_cgemm_batch_strided(
        ROW_MAJOR,
        NO_TRANSPOSE,
        NO_TRANSPOSE,
        m,
        n,
        k,
        one,
        a,
        k,
        m * k,
        b,
        n,
        k * n,
        zero,
        c,
        n,
        m * n,
        batch);
  }

  @Override
  public void realProduct(
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      boolean add,
      FloatPointer c,
      int ldc) {
    mkl_rt.cblas_sgemm(
        ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, m, n, k, 1, a, lda, b, ldb, add ? 1 : 0, c, ldc);
  }

  /**
   * A committed descriptor for the in-place transform of one frame, unscaled. MKL allows any number
   * of threads to use it at the same time.
   */
  mkl_rt.DFTI_DESCRIPTOR descriptor(int rows, int cols) {
    mkl_rt.DFTI_DESCRIPTOR descriptor = new mkl_rt.DFTI_DESCRIPTOR();
    try (CLongPointer lengths = new CLongPointer(rows, cols)) {
      // DFTI reads a 1-D length as a value, not through the pointer.
      check(
          rows == 1
              ? mkl_rt.DftiCreateDescriptor(
                  descriptor, mkl_rt.DFTI_SINGLE, mkl_rt.DFTI_COMPLEX, 1, cols)
              : mkl_rt.DftiCreateDescriptor(
                  descriptor, mkl_rt.DFTI_SINGLE, mkl_rt.DFTI_COMPLEX, 2, lengths));
    }
    check(mkl_rt.DftiCommitDescriptor(descriptor));
    return descriptor;
  }

  void forward(mkl_rt.DFTI_DESCRIPTOR descriptor, FloatPointer frame) {
    check(mkl_rt.DftiComputeForward(descriptor, frame));
  }

  void inverse(mkl_rt.DFTI_DESCRIPTOR descriptor, FloatPointer frame) {
    check(mkl_rt.DftiComputeBackward(descriptor, frame));
  }

  private static void check(long status) {
    if (status != 0) {
      throw new IllegalStateException("MKL: " + mkl_rt.DftiErrorMessage(status).getString());
    }
  }
}
