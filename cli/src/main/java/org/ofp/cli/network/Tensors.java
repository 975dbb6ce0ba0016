// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import org.bytedeco.pytorch.Tensor;
import org.ofp.cli.io.NpyArray;
import org.ofp.models.FloatTensors;

/** Between arrays of files and libtorch's tensors. */
public final class Tensors {
  private Tensors() {}

  /** A tensor with a copy of an array's values. */
  public static Tensor of(NpyArray array) {
    long[] shape = new long[array.rank()];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = array.dimension(axis);
    }
    return FloatTensors.of(array.values(), 0, shape);
  }

  /** A copy of a contiguous tensor as an array. */
  public static NpyArray array(Tensor contiguous) {
    long[] shape = contiguous.shape();
    int[] dimensions = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      dimensions[axis] = Math.toIntExact(shape[axis]);
    }
    return NpyArray.real(FloatTensors.values(contiguous), dimensions);
  }
}
