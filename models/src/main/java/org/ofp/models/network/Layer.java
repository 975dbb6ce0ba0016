// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import org.bytedeco.pytorch.Tensor;

/** A step of a network that maps one feature map to another, {@code [n, c, h, w]} each. */
@FunctionalInterface
public interface Layer {
  /**
   * Returns a new tensor; {@code x} is only read and stays the caller's.
   *
   * @param x {@code [n, c, h, w]} float32
   */
  Tensor forward(Tensor x);
}
