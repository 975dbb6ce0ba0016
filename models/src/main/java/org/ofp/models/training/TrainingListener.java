// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

/** Is told how training goes, on the thread that trains. */
public interface TrainingListener {
  /**
   * Before the first step of this session.
   *
   * @param epoch that it starts or goes on with, from 1
   * @param step of that epoch that comes first, from 0
   * @param stepsPerEpoch in the whole epoch
   */
  default void started(int epoch, int step, int stepsPerEpoch) {}

  /**
   * After every training step.
   *
   * @param globalStep steps since the beginning of training, from 1
   */
  default void stepped(int epoch, int step, long globalStep, double loss) {}

  /** After every validation batch, {@code done} of {@code total} samples. */
  default void validating(int epoch, int done, int total) {}

  /** After every epoch; {@code best} if none before had a higher validation mIoU. */
  default void finished(EpochRecord record, long globalStep, boolean best) {}
}
