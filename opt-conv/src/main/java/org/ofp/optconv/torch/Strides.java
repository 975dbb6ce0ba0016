// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.ofp.optconv.ConvolutionSpec.Axes;

/** Subsampling of maps. */
final class Strides {
  private Strides() {}

  /** A view of every so manieth row and column of {@code [n, c, h, w]}, from the first on. */
  static Tensor every(Tensor x, Axes step) {
    return every(every(x, 2, step.rows()), 3, step.cols());
  }

  private static Tensor every(Tensor x, long dimension, long step) {
    return step == 1 ? x : x.slice(dimension, new LongOptional(), new LongOptional(), step);
  }
}
