// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import org.ofp.models.data.Batch;
import org.ofp.models.data.Samples;

/** A check that libtorch's losses make only by failing, without a word about the sample. */
final class Labels {
  private Labels() {}

  /**
   * Checks that every label is a class of the model, or ignored.
   *
   * @param order samples by place
   * @param first place of the batch's first sample
   */
  static void require(Batch batch, Samples samples, int[] order, int first, int classes) {
    byte[] labels = batch.labels();
    int pixels = batch.side() * batch.side();
    for (int i = 0; i < batch.size() * pixels; i++) {
      int label = labels[i] & 0xFF;
      if (label >= classes && label != Samples.IGNORED) {
        throw new TrainingException(
            TrainingException.Reason.SETTINGS,
            String.format(
                "%s has the class %d, the model has classes 0 to %d: use a model with more classes,"
                    + " or %d for pixels that do not count",
                samples.name(order[first + i / pixels]), label, classes - 1, Samples.IGNORED));
      }
    }
  }
}
