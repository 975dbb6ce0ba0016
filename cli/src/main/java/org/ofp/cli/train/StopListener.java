// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import org.ofp.cli.term.StopSignal;
import org.ofp.models.training.TrainingListener;

/**
 * Ends a training that is to stop. Its last checkpoint stays as it is.
 *
 * @param signal that says so
 */
public record StopListener(StopSignal signal) implements TrainingListener {
  /** What to tell the user. */
  public static final String REMEDY =
      "the same command with --resume goes on from the last checkpoint";

  @Override
  public void stepped(int epoch, int step, long globalStep, double loss) {
    signal.check();
  }

  @Override
  public void validating(int epoch, int done, int total) {
    signal.check();
  }
}
