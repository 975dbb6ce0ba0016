// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.time.Duration;

/**
 * How a network is trained. Immutable.
 *
 * @param epochs at most so many, at least 1
 * @param batchSize samples per step, at least 1
 * @param learningRate of Adam, above 0, at most 1; where it changes, its largest value
 * @param schedule how the learning rate changes
 * @param loss what is minimised
 * @param patience epochs without a better validation mIoU before training stops; 0: never
 * @param seed of the order of the samples and of augmentation
 * @param augment whether samples are flipped and turned by 90°
 * @param checkpointEvery a checkpoint is due this long after the one before, at the end of a step;
 *     0: after every step. There is one after every epoch too
 */
public record TrainingOptions(
    int epochs,
    int batchSize,
    double learningRate,
    RateSchedule schedule,
    LossKind loss,
    int patience,
    long seed,
    boolean augment,
    Duration checkpointEvery) {
  /**
   * Options within their ranges.
   *
   * @throws IllegalArgumentException if one is not
   */
  public TrainingOptions {
    require(epochs >= 1, "epochs", epochs, "at least 1");
    require(batchSize >= 1, "batch size", batchSize, "at least 1");
    require(
        learningRate > 0 && learningRate <= 1, "learning rate", learningRate, "above 0, at most 1");
    require(patience >= 0, "patience", patience, "at least 0, which is for ever");
    require(!checkpointEvery.isNegative(), "time to a checkpoint", checkpointEvery, "at least 0");
  }

  /** Options with a constant learning rate. */
  public TrainingOptions(
      int epochs,
      int batchSize,
      double learningRate,
      LossKind loss,
      int patience,
      long seed,
      boolean augment,
      Duration checkpointEvery) {
    this(
        epochs,
        batchSize,
        learningRate,
        RateSchedule.CONSTANT,
        loss,
        patience,
        seed,
        augment,
        checkpointEvery);
  }

  private static void require(boolean inRange, String what, Object value, String range) {
    if (!inRange) {
      throw new IllegalArgumentException(what + " = " + value + " must be " + range);
    }
  }
}
