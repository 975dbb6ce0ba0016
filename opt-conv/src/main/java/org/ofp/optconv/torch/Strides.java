// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** Subsampling of tensors. */
final class Strides {
  private Strides() {}

  /** A view of every {@code step}-th entry along a dimension, from the first on. */
  static Tensor every(Tensor x, long dimension, long step) {
    return x.slice(dimension, new LongOptional(), new LongOptional(), step);
  }
}
