// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.data.Batch;

/** Batches as tensors, and classes back. The tensors belong to the caller's scope. */
final class Tensors {
  private static final int CHANNELS = 3;

  private Tensors() {}

  /** {@code [n, 3, side, side]}, float32. */
  static Tensor images(Batch batch) {
    Tensor images = torch.empty(batch.size(), CHANNELS, batch.side(), batch.side());
    try {
      FloatBuffer values = images.createBuffer();
      values.put(batch.images(), 0, values.capacity());
      return images;
    } finally {
      Reference.reachabilityFence(images); // the buffer does not keep it
    }
  }

  /** {@code [n, side, side]}, int64. */
  static Tensor labels(Batch batch) {
    Tensor labels =
        torch.empty(
            new long[] {batch.size(), batch.side(), batch.side()},
            new TensorOptions(torch.ScalarType.Byte),
            new MemoryFormatOptional());
    ByteBuffer values = labels.createBuffer();
    values.put(batch.labels(), 0, values.capacity());
    return labels.to(torch.ScalarType.Long);
  }

  /** The class with the largest logit at every pixel, {@code [n, side, side]}, row-major. */
  static int[] classes(Tensor logits) {
    Tensor classes = torch.argmax(logits, new LongOptional(1), false).to(torch.ScalarType.Int);
    try {
      IntBuffer values = classes.createBuffer();
      int[] copy = new int[values.capacity()];
      values.get(copy);
      return copy;
    } finally {
      Reference.reachabilityFence(classes);
    }
  }
}
