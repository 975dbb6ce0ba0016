// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

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
