// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Weights in native memory and their product by a BLAS library.
 *
 * <p>Direct buffers are worked on in place. Others are copied into a work buffer and back, a few
 * matrices at a time so that it stays in L2: pinning them instead would hold up the garbage
 * collector for all threads.
 *
 * <p>A library chooses its kernel, and with it perhaps the order of summation, by the shape it is
 * given: the bits of a column may depend on {@code n}. Callers who need the same bits for other
 * company keep {@code n} the same.
 */
final class NativeProduct implements PreparedProduct {

  /** Floats of X and Y worked on at a time: 256 KiB. */
  private static final int WORK_FLOATS = 64 * 1024;

  private final NativeLibrary library;
  private final int matrices;
  private final int m;
  private final int k;
  private final NativeScratch.Aligned w;
  private final FloatBuffer weights;

  private NativeProduct(NativeLibrary library, int matrices, int m, int k) {
    this.library = library;
    this.matrices = matrices;
    this.m = m;
    this.k = k;
    w = NativeScratch.zeros(2 * matrices * m * k);
    weights = w.buffer();
  }

  static PreparedProduct prepare(NativeLibrary library, int matrices, int m, int k) {
    return m == 1 && k == 1
        ? new DepthwiseProduct(matrices)
        : new NativeProduct(library, matrices, m, k);
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
  public FloatBuffer weights() {
    return weights;
  }

  @Override
  public void multiply(
      int from, int to, int n, FloatBuffer x, int xOffset, FloatBuffer y, int yOffset) {
    NativeScratch.POOL.lend(
        scratch -> {
          if (x.isDirect() && y.isDirect()) {
            multiplyInPlace(from, to, n, x, xOffset, y, yOffset, scratch);
          } else {
            multiplyCopies(from, to, n, x, xOffset, y, yOffset, scratch);
          }
        });
  }

  private void multiplyInPlace(
      int from,
      int to,
      int n,
      FloatBuffer x,
      int xOffset,
      FloatBuffer y,
      int yOffset,
      NativeScratch scratch) {
    try {
      library.complexProducts(
          to - from,
          m,
          n,
          k,
          scratch.a.at(w.pointer, 2L * from * m * k),
          scratch.b.at(x, xOffset),
          scratch.c.at(y, yOffset));
    } finally {
      // JavaCPP's pointers are bare addresses: the buffers must outlive them.
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(y);
    }
  }

  private void multiplyCopies(
      int from,
      int to,
      int n,
      FloatBuffer x,
      int xOffset,
      FloatBuffer y,
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
      float[] heap = scratch.heap(Math.max(inFloats, outFloats));
      x.get(xOffset + (int) ((f - from) * xFloats), heap, 0, inFloats);
      input.put(heap, 0, inFloats);
      library.complexProducts(
          batch,
          m,
          n,
          k,
          scratch.a.at(w.pointer, 2L * f * m * k),
          scratch.b.at(input, 0),
          scratch.c.at(output, 0));
      output.get(heap, 0, outFloats);
      y.put(yOffset + (int) ((f - from) * yFloats), heap, 0, outFloats);
    }
  }

  @Override
  public void close() {
    w.free();
  }
}
