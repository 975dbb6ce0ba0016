// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Between Java's arrays and libtorch's float32 tensors in the host's memory. */
public final class FloatTensors {
  private FloatTensors() {}

  /**
   * A tensor with a copy of as many values as it holds, which belongs to the caller's {@code
   * PointerScope}.
   *
   * @param values row-major, from {@code offset} on
   * @throws IndexOutOfBoundsException if there are too few
   */
  public static Tensor of(float[] values, int offset, long... shape) {
    Tensor tensor = torch.empty(shape);
    try {
      FloatBuffer buffer = tensor.createBuffer();
      buffer.put(values, offset, buffer.remaining());
      return tensor;
    } finally {
      // The buffer does not keep the tensor: collected meanwhile, it would free what is written to.
      Reference.reachabilityFence(tensor);
    }
  }

  /** A copy of a contiguous tensor's values, row-major. */
  public static float[] values(Tensor contiguous) {
    try {
      FloatBuffer buffer = contiguous.createBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    } finally {
      Reference.reachabilityFence(contiguous);
    }
  }
}
