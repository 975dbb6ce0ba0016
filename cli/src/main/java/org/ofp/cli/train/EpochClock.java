// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.TrainingListener;

/**
 * Foretells how long training will take, from what this session's epochs took; until one is over,
 * from its steps alone, whose validation then comes as a surprise.
 */
final class EpochClock implements TrainingListener {
  private final int epochs;
  private final LongSupplier nanoTime;
  private int stepsPerEpoch;
  private long start;
  private long epochStart;
  private long stepsDone;
  private int wholeEpochs;
  private long wholeEpochNanos;
  private boolean whole;
  private int epoch;
  private int step;

  /**
   * @param epochs in all
   */
  EpochClock(int epochs, LongSupplier nanoTime) {
    this.epochs = epochs;
    this.nanoTime = nanoTime;
  }

  @Override
  public void started(int firstEpoch, int firstStep, int steps) {
    stepsPerEpoch = steps;
    start = nanoTime.getAsLong();
    epochStart = start;
    epoch = firstEpoch;
    step = firstStep;
    whole = firstStep == 0;
  }

  @Override
  public void stepped(int ofEpoch, int ofStep, long globalStep, double loss) {
    epoch = ofEpoch;
    step = ofStep + 1;
    stepsDone++;
  }

  @Override
  public void finished(EpochRecord record, long globalStep, boolean best) {
    long now = nanoTime.getAsLong();
    if (whole) { // not where this session began in the middle of it
      wholeEpochs++;
      wholeEpochNanos += now - epochStart;
    }
    whole = true;
    epochStart = now;
    epoch = record.epoch() + 1;
    step = 0;
  }

  /** Seconds to the end if no epoch is left out; empty before there is anything to go by. */
  OptionalDouble secondsLeft() {
    double epochsLeft = epochs - epoch + 1 - (double) step / Math.max(1, stepsPerEpoch);
    if (epochsLeft <= 0) {
      return OptionalDouble.of(0);
    }
    if (wholeEpochs > 0) {
      return OptionalDouble.of(1e-9 * wholeEpochNanos / wholeEpochs * epochsLeft);
    }
    if (stepsDone == 0) {
      return OptionalDouble.empty();
    }
    double secondsPerStep = 1e-9 * (nanoTime.getAsLong() - start) / stepsDone;
    return OptionalDouble.of(secondsPerStep * stepsPerEpoch * epochsLeft);
  }
}
