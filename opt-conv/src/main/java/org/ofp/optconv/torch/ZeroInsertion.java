// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec.Axes;

/** Pixels moved apart, as a transposed convolution has them. */
final class ZeroInsertion {
  private ZeroInsertion() {}

  /**
   * Puts pixel {@code i} of {@code [n, c, h, w]} at {@code i·stride − padding} of {@code y}, in
   * both directions, and leaves out those that fall off its edges.
   *
   * @param padding at least 0
   */
  static void put(Tensor pixels, Tensor y, Axes stride, Axes padding) {
    int rows = Math.toIntExact(y.size(2));
    int cols = Math.toIntExact(y.size(3));
    Tensor from = inside(pixels, 2, stride.rows(), padding.rows(), rows);
    Tensor part = inside(from, 3, stride.cols(), padding.cols(), cols);
    if (part.numel() == 0) {
      return;
    }
    Tensor to = places(y, 2, stride.rows(), padding.rows(), part.size(2));
    places(to, 3, stride.cols(), padding.cols(), part.size(3)).copy_(part);
  }

  private static Tensor inside(Tensor x, int dimension, int stride, int padding, int size) {
    long first = first(stride, padding);
    long end = Math.min(x.size(dimension), Math.floorDiv(size - 1 + padding, stride) + 1);
    return x.narrow(dimension, Math.min(first, end), Math.max(0, end - first));
  }

  private static Tensor places(Tensor y, int dimension, int stride, int padding, long count) {
    long start = (long) first(stride, padding) * stride - padding;
    return y.slice(
        dimension,
        new LongOptional(start),
        new LongOptional(start + (count - 1) * stride + 1),
        stride);
  }

  /** The first pixel that does not fall off before the edge. */
  private static int first(int stride, int padding) {
    return (padding + stride - 1) / stride;
  }
}
