// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a training has come, but for its tensors. Immutable.
 *
 * @param epoch the one to go on with, from 1
 * @param step of that epoch that comes first, from 0
 * @param lossSum of the epoch's steps so far
 * @param seconds that the epoch has taken so far, over all sessions
 * @param epochs those that are finished: {@code epoch} − 1 of them
 */
record TrainingState(
    int epoch, int step, double lossSum, double seconds, List<EpochRecord> epochs) {
  TrainingState {
    epochs = List.copyOf(epochs);
  }

  /** Nothing done yet. */
  static TrainingState initial() {
    return new TrainingState(1, 0, 0, 0, List.of());
  }

  /** Some steps further in the same epoch. */
  TrainingState within(int nextStep, double newLossSum, double newSeconds) {
    return new TrainingState(epoch, nextStep, newLossSum, newSeconds, epochs);
  }

  /** At the beginning of the next epoch. */
  TrainingState after(EpochRecord record) {
    List<EpochRecord> all = new ArrayList<>(epochs);
    all.add(record);
    return new TrainingState(epoch + 1, 0, 0, 0, all);
  }

  /** The epoch with the highest validation mIoU, the first of equals. */
  Optional<EpochRecord> best() {
    // the earlier of equals is the greater: max() would keep the later
    return epochs.stream()
        .max(
            Comparator.comparingDouble(EpochRecord::mIoU)
                .thenComparing(EpochRecord::epoch, Comparator.reverseOrder()));
  }

  /** Why training is over, if it is. */
  Optional<TrainingResult.Stop> stop(TrainingOptions options) {
    boolean impatient =
        options.patience() > 0
            && best().isPresent()
            && epochs.size() - best().get().epoch() >= options.patience();
    if (impatient) {
      return Optional.of(TrainingResult.Stop.PATIENCE);
    }
    return epochs.size() >= options.epochs()
        ? Optional.of(TrainingResult.Stop.EPOCHS)
        : Optional.empty();
  }
}
