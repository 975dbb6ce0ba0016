// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.field;

import java.util.List;
import org.ofp.cli.io.NpyArray;
import org.ofp.device.FourierTransformer;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;

/** Fields in, reconstructed fields out. */
public final class FieldTransform {
  /** Complex pixels on their way at once: enough for all cores, little memory. */
  private static final int BATCH_PIXELS = 1 << 20;

  private FieldTransform() {}

  /**
   * Transforms all fields, in unitary scale.
   *
   * @param firstId frame id of the first field; the others follow
   */
  public static TransformResult run(
      OpticalFourierDevice device,
      TransformOptions options,
      Fields fields,
      boolean inverse,
      long firstId) {
    int capacity = Math.min(fields.count(), Math.max(1, BATCH_PIXELS / fields.shape().pixels()));
    TransformBatch batch = new FourierTransformer(device, options).batch(fields.shape(), capacity);
    float[] results = new float[fields.values().length];
    for (int first = 0; first < fields.count(); first += capacity) {
      int n = Math.min(capacity, fields.count() - first);
      int offset = first * fields.stride();
      System.arraycopy(fields.values(), offset, batch.fields(), 0, n * fields.stride());
      for (int i = 0; i < n; i++) {
        batch.identify(i, firstId + first + i, 0);
      }
      if (inverse) {
        batch.inverse(n);
      } else {
        batch.forward(n);
      }
      System.arraycopy(batch.fields(), 0, results, offset, n * fields.stride());
    }
    return new TransformResult(
        NpyArray.complex(results, fields.shapeOf()), batch.takeClipped(), List.of());
  }
}
