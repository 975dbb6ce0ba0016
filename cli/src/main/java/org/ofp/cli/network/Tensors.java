// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.cli.io.NpyArray;

/** Between Java arrays and libtorch's tensors. */
public final class Tensors {
  private Tensors() {}

  /** A tensor with a copy of an array's values. */
  public static Tensor of(NpyArray array) {
    long[] shape = new long[array.rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = array.dimension(axis);
    }
    return of(array.values(), 0, shape);
  }

  /** A tensor with a copy of as many values as it holds, from an offset on. */
  public static Tensor of(float[] values, int offset, long... shape) {
    Tensor tensor = torch.empty(shape);
    FloatBuffer buffer = tensor.createBuffer();
    buffer.put(values, offset, buffer.remaining());
    return tensor;
  }

  /** A copy of a contiguous tensor's values. */
  public static float[] values(Tensor contiguous) {
    try {
      FloatBuffer buffer = contiguous.createBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    } finally {
      // The buffer does not keep the tensor: collected meanwhile, it would free what is being read.
      Reference.reachabilityFence(contiguous);
    }
  }

  /** A copy of a contiguous tensor as an array. */
  public static NpyArray array(Tensor contiguous) {
    long[] shape = contiguous.shape();
    int[] dimensions = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      dimensions[axis] = Math.toIntExact(shape[axis]);
    }
    return NpyArray.real(values(contiguous), dimensions);
  }
}
