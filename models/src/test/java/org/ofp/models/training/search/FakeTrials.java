// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Trials that take no time: what a trial comes to is a function of seed, trial and epoch, as
 * training's is. Keeps what was trained, as checkpoints do; can be ended before or after any call's
 * work, as a process can.
 */
final class FakeTrials implements TrialRunner {
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  final Map<Integer, Integer> trained = new HashMap<>();
  final TreeSet<Integer> eliminated = new TreeSet<>();
  long epochs;
  int callsLeft = Integer.MAX_VALUE;
  boolean killedAfterWork;

  private final long seed;
  private final double failing;

  /**
   * @param failing share of the trials that fail at some epoch
   */
  FakeTrials(long seed, double failing) {
    this.seed = seed;
    this.failing = failing;
  }

  @Override
  public Outcome train(int trial, TrialSettings settings, int upTo) throws IOException {
    boolean last = --callsLeft == 0;
    if (last && !killedAfterWork) {
      throw new Killed();
    }
    epochs += Math.max(0, upTo - trained.getOrDefault(trial, 0));
    trained.merge(trial, upTo, Math::max);
    if (last) {
      throw new Killed();
    }
    return outcome(trial, upTo);
  }

  Outcome outcome(int trial, int upTo) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + trial);
    int failure = random.nextDouble() < failing ? random.nextInt(1, 12) : Integer.MAX_VALUE;
    if (failure <= upTo) {
      return new Outcome(Double.NaN, 0, upTo, "the loss is NaN, \"too high\" a rate");
    }
    double best = 0;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= upTo; epoch++) {
      double mIoU = random.nextDouble(100);
      if (mIoU > best) {
        best = mIoU;
        bestEpoch = epoch;
      }
    }
    return new Outcome(best, bestEpoch, upTo, null);
  }

  @Override
  public void eliminated(int trial) {
    eliminated.add(trial);
  }
}
