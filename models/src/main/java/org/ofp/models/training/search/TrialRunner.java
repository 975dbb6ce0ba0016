// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.io.IOException;

/** Trains for a search. */
public interface TrialRunner {
  /**
   * What training came to.
   *
   * @param mIoU the best epoch's, on the validation samples, percent; NaN where training failed
   * @param bestEpoch from 1; 0 where training failed
   * @param seconds wall-clock time of training so far, all rungs together
   * @param failure why it failed, such as a loss that is not finite; null if it did not
   */
  record Outcome(double mIoU, int bestEpoch, double seconds, String failure) {}

  /**
   * Trains a trial up to an epoch, going on where it was left, also where that was in the middle of
   * this call in an earlier process.
   *
   * @param trial its number, from 0
   * @param epochs in all
   * @return what came of it; a failure of the settings, as opposed to one of the machine, is an
   *     outcome and no exception
   */
  Outcome train(int trial, TrialSettings settings, int epochs) throws IOException;

  /**
   * A trial goes no further. May be called again for the same trial when a search is resumed.
   *
   * @param trial its number, from 0
   */
  default void eliminated(int trial) throws IOException {}
}
