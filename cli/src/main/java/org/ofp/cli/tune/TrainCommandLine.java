// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ofp.cli.option.Choice;
import org.ofp.cli.term.ShellCommand;
import org.ofp.models.training.search.TrialSettings;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The {@code ofp train} that follows from an {@code ofp tune}. */
public final class TrainCommandLine {
  /** Options of the search alone, and those that training gets from its outcome. */
  private static final Set<String> OWN =
      Set.of(
          "--lr",
          "--batch-size",
          "--loss",
          "--epochs",
          "--factor",
          "--out",
          "--resume",
          "--json",
          "--verbose");

  private TrainCommandLine() {}

  /** A command line for a POSIX shell. */
  public static String of(ParseResult tune, TrialSettings settings, Path out) {
    List<String> words = new ArrayList<>(List.of("ofp", "train"));
    for (OptionSpec option : tune.matchedOptions()) {
      if (OWN.contains(option.longestName())) {
        continue;
      }
      if (option.arity().max() == 0) {
        words.add(option.longestName());
      } else {
        for (String value : option.originalStringValues()) {
          words.add(option.longestName());
          words.add(ShellCommand.quoted(value));
        }
      }
    }
    words.addAll(
        List.of(
            "--lr",
            TrialSettings.text(settings.learningRate()),
            "--batch-size",
            Integer.toString(settings.batchSize()),
            "--loss",
            Choice.nameOf(settings.loss()),
            "--out",
            ShellCommand.quoted(out.toString())));
    return String.join(" ", words);
  }
}
