// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.train;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.Terminal;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.TrainingListener;

/**
 * Shows how training goes: one line for every epoch; within an epoch a bar on a terminal, elsewhere
 * a line a minute.
 */
public final class EpochProgress implements TrainingListener, AutoCloseable {
  private static final Duration LINE = Duration.ofMinutes(1);

  /** Two digits of a loss change from step to step, the others tell where it is. */
  private static final String LOSS = "loss %.3f";

  private final Terminal terminal;
  private final int epochs;
  private final EpochClock clock;
  private Progress progress;
  private boolean validating;
  private int stepsPerEpoch;

  /**
   * @param epochs in all
   */
  public EpochProgress(Terminal terminal, int epochs) {
    this.terminal = terminal;
    this.epochs = epochs;
    clock = new EpochClock(epochs, System::nanoTime);
  }

  @Override
  public void started(int epoch, int step, int steps) {
    clock.started(epoch, step, steps);
    stepsPerEpoch = steps;
    if (epoch > 1 || step > 0) {
      terminal.note("going on with epoch " + epoch + ", step " + (step + 1) + " of " + steps);
    }
    if (epoch <= epochs) {
      count("epoch " + of(epoch), steps - step);
    }
  }

  @Override
  public void stepped(int epoch, int step, long globalStep, double loss) {
    clock.stepped(epoch, step, globalStep, loss);
    if (progress == null) {
      count("epoch " + of(epoch), stepsPerEpoch - step);
    }
    progress.detail(String.format(Locale.ROOT, LOSS, loss) + left("  all "));
    progress.advance(1);
  }

  @Override
  public void validating(int epoch, int done, int total) {
    if (!validating) {
      count("validation " + of(epoch), total);
      validating = true;
    }
    progress.reach(done);
  }

  @Override
  public void finished(EpochRecord record, long globalStep, boolean best) {
    clock.finished(record, globalStep, best);
    close();
    validating = false;
    terminal.note(line(record, best) + (record.epoch() < epochs ? left("  left ") : ""));
  }

  /** Erases the bar. */
  @Override
  public void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }

  private String line(EpochRecord record, boolean best) {
    return String.format(
        Locale.ROOT,
        "epoch %s  " + LOSS + "  validation %.3f  mIoU %.1f%s  %.1f samples/s",
        of(record.epoch()),
        record.trainingLoss(),
        record.validationLoss(),
        record.mIoU(),
        best ? " (best)" : "",
        record.samplesPerSecond());
  }

  private String left(String word) {
    OptionalDouble left = clock.secondsLeft();
    return left.isEmpty() ? "" : word + Quantity.seconds(left.getAsDouble());
  }

  private String of(int epoch) {
    return epoch + "/" + epochs;
  }

  private void count(String label, long total) {
    close();
    progress = Progress.start(terminal, label, total, LINE);
  }
}
