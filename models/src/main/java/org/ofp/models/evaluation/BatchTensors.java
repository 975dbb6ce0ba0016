// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import java.nio.ByteBuffer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.FloatTensors;
import org.ofp.models.data.Batch;

/** Batches as tensors, which belong to the caller's {@code PointerScope}. */
public final class BatchTensors {
  private static final int CHANNELS = 3;

  private BatchTensors() {}

  /** {@code [n, 3, side, side]}, float32. */
  public static Tensor images(Batch batch) {
    return FloatTensors.of(batch.images(), 0, batch.size(), CHANNELS, batch.side(), batch.side());
  }

  /** {@code [n, side, side]}, int64. */
  public static Tensor labels(Batch batch) {
    Tensor labels =
        torch.empty(
            new long[] {batch.size(), batch.side(), batch.side()},
            new TensorOptions(torch.ScalarType.Byte),
            new MemoryFormatOptional());
    ByteBuffer values = labels.createBuffer();
    values.put(batch.labels(), 0, values.capacity());
    return labels.to(torch.ScalarType.Long);
  }
}
