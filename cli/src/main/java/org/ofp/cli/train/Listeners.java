// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import java.util.List;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.TrainingListener;

/**
 * Several listeners as one.
 *
 * @param all told one after the other
 */
public record Listeners(List<TrainingListener> all) implements TrainingListener {
  @Override
  public void started(int epoch, int step, int stepsPerEpoch) {
    all.forEach(listener -> listener.started(epoch, step, stepsPerEpoch));
  }

  @Override
  public void stepped(int epoch, int step, long globalStep, double loss) {
    all.forEach(listener -> listener.stepped(epoch, step, globalStep, loss));
  }

  @Override
  public void validating(int epoch, int done, int total) {
    all.forEach(listener -> listener.validating(epoch, done, total));
  }

  @Override
  public void finished(EpochRecord record, long globalStep, boolean best) {
    all.forEach(listener -> listener.finished(record, globalStep, best));
  }
}
