// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.tune;

import java.io.PrintStream;
import java.util.Locale;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.models.training.search.TrialSettings;

/** Prints a {@link TuneReport} for people. */
public final class TuneText {
  private static final String INDENT = "  ";

  private TuneText() {}

  /** Prints a table of all trials, what was written, and how to train with the best settings. */
  public static void print(TuneReport report, PrintStream out) {
    TextTable table =
        new TextTable("trial", "rung", "epochs", "mIoU", "lr", "batch", "loss", "time");
    for (TuneReport.Trial trial : report.trials()) {
      table.row(
          Integer.toString(trial.trial()),
          trial.rung() + "/" + report.rungs().size(),
          Integer.toString(trial.epochs()),
          trial.failure() == null ? String.format(Locale.ROOT, "%.1f", trial.mIoU()) : "failed",
          TrialSettings.text(trial.learningRate()),
          Integer.toString(trial.batchSize()),
          trial.loss(),
          Quantity.seconds(trial.seconds()));
    }
    table.print(out, "");
    report.files().all().forEach(file -> out.println("written " + file));
    out.println("Train with the best settings:");
    out.println(INDENT + report.train());
  }
}
