// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/**
 * Transforms frame by frame: copy in, transform in native memory, copy out, scale.
 *
 * <p>The preset cannot pass values to the variadic {@code DftiSetValue}, so neither a number of
 * transforms nor a scale can be set. Neither is missed. A call per frame costs little beside the
 * transform (0.65 µs in all at 11×11) and leaves the frame in the cache for the copy out and the
 * scaling, which are vectorised.
 */
final class MklFftPlan implements FftPlan {
  /** Floats that are copied out at a time where rows are asked for: half a first-level cache. */
  private static final int BLOCK = 4096;

  private final MklLibrary library = NativeLibraries.mkl();
  private final mkl_rt.DFTI_DESCRIPTOR descriptor;
  private final int rows;
  private final int cols;
  private final float scale;

  MklFftPlan(int rows, int cols) {
    this.rows = rows;
    this.cols = cols;
    this.scale = (float) (1 / Math.sqrt((double) rows * cols));
    // One column is one row to DFTI, and a 1-D transform is faster than a degenerate 2-D one.
    this.descriptor = library.descriptor(cols == 1 ? 1 : rows, cols == 1 ? rows : cols);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  @Override
  public void forward(float[] data, int offset, int count) {
    transform(data, offset, count, false);
  }

  @Override
  public void inverse(float[] data, int offset, int count) {
    transform(data, offset, count, true);
  }

  @Override
  public void forward(float[] frame, int offset, FftRows rows) {
    NativeScratch.POOL.lend(scratch -> forward(frame, offset, scratch, rows));
  }

  private void forward(float[] frame, int offset, NativeScratch scratch, FftRows result) {
    int floats = 2 * rows * cols;
    FloatPointer pointer = scratch.input(floats);
    pointer.put(frame, offset, floats);
    library.forward(descriptor, pointer);
    int rowsAtOnce = Math.min(rows, Math.max(1, BLOCK / (2 * cols)));
    float[] block = scratch.heap(rowsAtOnce * 2 * cols);
    FloatBuffer memory = scratch.inputBuffer(floats);
    for (int row = 0; row < rows; row += rowsAtOnce) {
      int n = Math.min(rowsAtOnce, rows - row);
      memory.get(row * 2 * cols, block, 0, n * 2 * cols);
      scale(block, n * 2 * cols, scale);
      for (int i = 0; i < n; i++) {
        result.accept(row + i, block, 2 * cols * i);
      }
    }
  }

  private static void scale(float[] block, int n, float scale) {
    for (int i = 0; i < n; i++) {
      block[i] *= scale;
    }
  }

  private void transform(float[] data, int offset, int count, boolean inverse) {
    int floats = 2 * rows * cols;
    NativeScratch.POOL.lend(
        scratch -> transform(data, offset, count, inverse, floats, scratch.input(floats)));
  }

  private void transform(
      float[] data, int offset, int count, boolean inverse, int floats, FloatPointer frame) {
    for (int i = 0, start = offset; i < count; i++, start += floats) {
      frame.put(data, start, floats);
      if (inverse) {
        library.inverse(descriptor, frame);
      } else {
        library.forward(descriptor, frame);
      }
      frame.get(data, start, floats);
      scale(data, start, floats, scale);
    }
  }

  private static void scale(float[] data, int start, int floats, float scale) {
    for (int i = start; i < start + floats; i++) {
      data[i] *= scale;
    }
  }
}
