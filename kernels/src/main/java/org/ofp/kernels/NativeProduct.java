// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Weights in native memory and their product by a BLAS library.
 *
 * <p>Arrays are copied into a work buffer and back, a few matrices at a time so that it stays in
 * L2: pinning them instead would hold up the garbage collector for all threads.
 *
 * <p><b>Column blocks.</b> A library chooses its kernel and the order of summation by the shape it
 * is given, so nothing it promises keeps one column's bits from depending on how many others there
 * are. Every call here therefore has exactly {@value #COLUMNS} columns; only a last block of an
 * {@code n} that is no multiple has fewer. On the machine at hand (AMD EPYC, AVX-512; MKL 2025.3,
 * OpenBLAS 0.3.31) whole rows give the same bits; the promise costs 8 % with MKL and 19 % with
 * OpenBLAS at m = k = 64, n = 64, nothing at n = 16, and a factor of 2 at m = k = 4, where copying
 * weighs as much.
 */
final class NativeProduct implements PreparedProduct {

  static final int COLUMNS = 16;

  /** Floats of X and Y worked on at a time: 256 KiB. */
  private static final int WORK_FLOATS = 64 * 1024;

  private final NativeLibrary library;
  private final int matrices;
  private final int m;
  private final int k;
  private final NativeScratch.Aligned w;

  private NativeProduct(NativeLibrary library, int matrices, int m, int k, float[] w) {
    this.library = library;
    this.matrices = matrices;
    this.m = m;
    this.k = k;
    this.w = NativeScratch.copyOf(w);
  }

  static PreparedProduct prepare(NativeLibrary library, int matrices, int m, int k, float[] w) {
    return m == 1 && k == 1
        ? new DepthwiseProduct(w.clone())
        : new NativeProduct(library, matrices, m, k, w);
  }

  @Override
  public int matrices() {
    return matrices;
  }

  @Override
  public int m() {
    return m;
  }

  @Override
  public int k() {
    return k;
  }

  @Override
  public void multiply(int from, int to, int n, float[] x, int xOffset, float[] y, int yOffset) {
    NativeScratch.POOL.lend(scratch -> multiply(from, to, n, x, xOffset, y, yOffset, scratch));
  }

  private void multiply(
      int from,
      int to,
      int n,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      NativeScratch scratch) {
    long xFloats = 2L * k * n;
    long yFloats = 2L * m * n;
    int chunk = (int) Math.max(1, WORK_FLOATS / (xFloats + yFloats));
    for (int f = from; f < to; f += chunk) {
      int batch = Math.min(chunk, to - f);
      int inFloats = (int) (batch * xFloats);
      int outFloats = (int) (batch * yFloats);
      FloatPointer input = scratch.input(inFloats);
      FloatPointer output = scratch.output(outFloats);
      input.put(x, xOffset + (int) ((f - from) * xFloats), inFloats);
      for (int column = 0; column < n; column += COLUMNS) {
        library.complexProducts(
            batch,
            m,
            Math.min(COLUMNS, n - column),
            k,
            scratch.a.at(w.pointer, 2L * f * m * k),
            scratch.b.at(input, 2L * column),
            scratch.c.at(output, 2L * column),
            n);
      }
      output.get(y, yOffset + (int) ((f - from) * yFloats), outFloats);
    }
  }

  @Override
  public void close() {
    w.free();
  }
}
