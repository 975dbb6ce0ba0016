// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.function.BooleanSupplier;
import org.ofp.models.image.ImageNormalisation;

/** Makes batches one at a time; each thread has its own. */
final class BatchReader {
  private final Samples samples;
  private final Augmentation augmentation;
  private final int[] rgb;
  private final int[] turned;
  private final byte[] labels;

  BatchReader(Samples samples, Augmentation augmentation) {
    this.samples = samples;
    this.augmentation = augmentation;
    int pixels = samples.side() * samples.side();
    rgb = new int[pixels];
    turned = new int[pixels];
    labels = new byte[pixels];
  }

  /**
   * The batch of the samples {@code order[from … to − 1]}.
   *
   * @param stop asked before each sample
   * @return null if told to stop
   */
  Batch read(int[] order, int from, int to, BooleanSupplier stop) {
    int side = samples.side();
    int pixels = side * side;
    int size = to - from;
    float[] images = new float[size * Batch.CHANNELS * pixels];
    byte[] masks = new byte[size * pixels];
    for (int i = 0; i < size; i++) {
      if (stop.getAsBoolean()) {
        return null;
      }
      int index = order[from + i];
      samples.read(index, rgb, labels);
      int symmetry = augmentation.symmetry(index);
      Symmetry.apply(symmetry, side, rgb, turned);
      Symmetry.apply(symmetry, side, labels, masks, i * pixels);
      ImageNormalisation.toPlanes(turned, images, i * Batch.CHANNELS * pixels);
    }
    return new Batch(size, side, images, masks);
  }
}
