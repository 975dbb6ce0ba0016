// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tensors as the engines outside libtorch see them: float32 values in host memory. */
final class HostFloats {
  /** Floats that a view of a tensor's memory can hold: its bytes are counted by an int. */
  private static final long MAX_VALUES = Integer.MAX_VALUE / Float.BYTES;

  private HostFloats() {}

  /** The values of a contiguous tensor, valid as long as the tensor lives; null for null. */
  static FloatBuffer of(Tensor contiguous) {
    if (contiguous == null) {
      return null;
    }
    if (contiguous.numel() > MAX_VALUES) {
      throw new IllegalArgumentException(
          "a tensor of "
              + contiguous.numel()
              + " values is too large for a layer on a device, the limit is "
              + MAX_VALUES
              + "; split the batch or the image");
    }
    return contiguous.createBuffer();
  }

  /**
   * Checks a tensor before it leaves libtorch.
   *
   * @param what it is, for the message
   * @throws IllegalArgumentException if it has another type or lies elsewhere
   */
  static void require(String what, Tensor x) {
    if (x.scalar_type().intern() != torch.ScalarType.Float) {
      throw new IllegalArgumentException(
          "a layer on a device takes "
              + what
              + " of float32, not "
              + x.dtype().name().getString()
              + "; convert with to(kFloat)");
    }
    if (!x.is_cpu()) {
      throw new IllegalArgumentException(
          "a layer on a device takes "
              + what
              + " in the host's memory, not on "
              + x.device().str().getString()
              + "; move with cpu()");
    }
  }
}
