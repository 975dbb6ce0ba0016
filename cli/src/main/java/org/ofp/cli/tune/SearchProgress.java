// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.tune;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ofp.cli.option.Choice;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.Terminal;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.TrainingListener;
import org.ofp.models.training.search.Halving;
import org.ofp.models.training.search.Score;
import org.ofp.models.training.search.SearchListener;
import org.ofp.models.training.search.SearchSetup;
import org.ofp.models.training.search.TrialSettings;

/**
 * Shows how a search goes: a line for every trial and rung, and how many of all epochs are done, as
 * a bar on a terminal, elsewhere in a line a minute.
 */
public final class SearchProgress implements SearchListener, TrainingListener, AutoCloseable {
  private static final Duration LINE = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final SearchSetup setup;
  private final List<Halving.Rung> rungs;
  private final Progress progress;
  private final Map<Integer, Integer> trained = new HashMap<>();
  private String trial = "";

  /** Begins. */
  public SearchProgress(Terminal terminal, SearchSetup setup) {
    this.terminal = terminal;
    this.setup = setup;
    rungs = setup.halving().rungs();
    progress = Progress.start(terminal, "epochs", setup.halving().totalEpochs(), LINE);
  }

  @Override
  public void started(int number, int rung) {
    trial = "trial " + (number + 1);
    progress.detail(trial);
  }

  @Override
  public void stepped(int epoch, int step, long globalStep, double loss) {
    progress.detail(String.format(Locale.ROOT, "%s, epoch %d, loss %.3f", trial, epoch, loss));
    progress.advance(0);
  }

  @Override
  public void finished(EpochRecord record, long globalStep, boolean best) {
    progress.advance(1);
  }

  @Override
  public void scored(Score score) {
    TrialSettings settings = setup.trials().get(score.trial());
    trained.put(score.trial(), score.epochs());
    progress.reach(trained.values().stream().mapToLong(Integer::longValue).sum());
    String outcome =
        score.failed()
            ? "failed: " + score.failure()
            : String.format(Locale.ROOT, "mIoU %.1f", score.mIoU());
    terminal.note(
        "rung "
            + (score.rung() + 1)
            + "/"
            + rungs.size()
            + "  trial "
            + (score.trial() + 1)
            + "/"
            + setup.trials().size()
            + "  lr "
            + TrialSettings.text(settings.learningRate())
            + ", batch "
            + settings.batchSize()
            + ", "
            + Choice.nameOf(settings.loss())
            + "  "
            + Quantity.count(score.epochs(), "epoch")
            + "  "
            + outcome
            + "  "
            + Quantity.seconds(score.seconds()));
  }

  @Override
  public void close() {
    progress.close();
  }
}
