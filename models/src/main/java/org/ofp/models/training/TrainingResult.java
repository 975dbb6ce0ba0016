// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.nio.file.Path;
import java.util.List;

/**
 * What training came to.
 *
 * @param epochs every epoch's record, in order, those of earlier sessions included
 * @param best the epoch whose weights are in {@code bestWeights}
 * @param stopped why it ended
 * @param bestWeights {@code best.safetensors}
 * @param lastWeights {@code last.safetensors}
 */
public record TrainingResult(
    List<EpochRecord> epochs, EpochRecord best, Stop stopped, Path bestWeights, Path lastWeights) {
  /** Why training ended. */
  public enum Stop {
    /** All epochs were done. */
    EPOCHS,
    /** The validation mIoU has not risen for as many epochs as the patience allows. */
    PATIENCE
  }
}
