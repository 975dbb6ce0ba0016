// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Max-pooling of 2×2 windows, which halves a map of even size, and its counterpart in SegNet. */
final class MaxPool {
  private static final long WINDOW = 2;

  private MaxPool() {}

  /**
   * A halved map and where its values come from.
   *
   * @param map {@code [n, c, h/2, w/2]}
   * @param indices of the same shape, int64: {@code row · w + column} in the map that was pooled;
   *     of equal values the first counts
   */
  record Pooled(Tensor map, Tensor indices) {}

  /** {@code [n, c, h, w]} to {@code [n, c, h/2, w/2]}. */
  static Tensor half(Tensor x) {
    return torch.max_pool2d(x, WINDOW, WINDOW);
  }

  /** As {@link #half}, and remembers the places. Both tensors belong to the caller's scope. */
  static Pooled halfWithIndices(Tensor x) {
    T_TensorTensor_T pair = torch.max_pool2d_with_indices(x, WINDOW, WINDOW);
    // get0 and get1 point into the pair; the copies share its tensors and outlive it
    Pooled pooled = new Pooled(new Tensor(pair.get0()), new Tensor(pair.get1()));
    pair.close();
    return pooled;
  }

  /**
   * Puts each value back to where it was taken from and zeros elsewhere.
   *
   * @param x {@code [n, c, h, w]}
   * @param indices of the pooling that made a map of this shape
   * @return {@code [n, c, 2h, 2w]}
   */
  static Tensor unpool(Tensor x, Tensor indices) {
    return torch.max_unpool2d(x, indices, WINDOW * x.size(2), WINDOW * x.size(3));
  }
}
