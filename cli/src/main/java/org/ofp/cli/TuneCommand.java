// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ofp.cli.chart.SearchPlot;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.io.OutputFolder;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.option.DataOption;
import org.ofp.cli.option.LossName;
import org.ofp.cli.option.OptionRange;
import org.ofp.cli.option.SessionOptions;
import org.ofp.cli.option.TrainedNetworkOptions;
import org.ofp.cli.option.TrainingDeviceOption;
import org.ofp.cli.term.StopSignal;
import org.ofp.cli.train.StopListener;
import org.ofp.cli.tune.SearchProgress;
import org.ofp.cli.tune.TrainCommandLine;
import org.ofp.cli.tune.TrialTraining;
import org.ofp.cli.tune.TuneReport;
import org.ofp.cli.tune.TuneText;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.picture.PngFile;
import org.ofp.models.training.LossKind;
import org.ofp.models.training.search.Search;
import org.ofp.models.training.search.SearchSetup;
import org.ofp.models.training.search.Standing;
import org.ofp.models.training.search.TrialSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ofp tune}. */
@Command(
    name = "tune",
    description = {
      "Searches for the learning rate, batch size and loss with which a network trains best.",
      "Every combination trains for a few epochs; the best third by mIoU on the validation pictures"
          + " goes on for three times as many, and so on up to --epochs (successive halving; --factor"
          + " sets the three). Into the folder --out it writes the table (search.csv), a plot"
          + " (search.png), and each trial's logs; ended at any moment, it goes on with --resume."
    })
final class TuneCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Spec private CommandSpec spec;

  @Mixin private DataOption data;

  @Mixin private TrainedNetworkOptions network;

  @Mixin private TrainingDeviceOption device;

  @Mixin private SessionOptions session;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      split = ",",
      defaultValue = "1e-5,3e-5,1e-4,3e-4,1e-3",
      description = "Learning rates of Adam (default: ${DEFAULT-VALUE}).")
  private List<Double> learningRates;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      split = ",",
      defaultValue = "2,4,8",
      description = "Samples per step (default: ${DEFAULT-VALUE}).")
  private List<Integer> batchSizes;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      split = ",",
      defaultValue = "dice",
      converter = LossName.class,
      description = "Losses: dice, cross-entropy, or both (default: ${DEFAULT-VALUE}).")
  private List<LossKind> losses;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "27",
      description = "Epochs of the last round (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--factor",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How many times fewer trials and more epochs from round to round (default:"
              + " ${DEFAULT-VALUE}).")
  private int factor;

  @Override
  public Integer call() throws IOException {
    SearchSetup setup = setup();
    try (OutputFolder folder = OutputFolder.prepare(session.out())) {
      Search search = Search.open(session.out(), setup, session.resume());
      List<Standing> standings;
      try (StopSignal stop = StopSignal.watch(ofp.terminal(), StopListener.REMEDY);
          SegmentationData pictures = data.open(ofp.terminal(), stop)) {
        standings = run(search, setup, pictures, stop);
      }
      show(report(setup, standings));
    }
    return ExitStatus.SUCCESS;
  }

  private SearchSetup setup() {
    learningRates.forEach(OptionRange::requireLearningRate);
    batchSizes.forEach(size -> OptionRange.requireAtLeast(1, "--batch-size", size));
    OptionRange.requireAtLeast(1, "--epochs", epochs);
    OptionRange.requireAtLeast(2, "--factor", factor);
    data.check();
    device.check();
    session.check();
    network.check();
    List<TrialSettings> grid =
        TrialSettings.grid(
            learningRates.stream().distinct().toList(),
            batchSizes.stream().distinct().toList(),
            losses.stream().distinct().toList());
    return new SearchSetup(grid, epochs, factor, conditions());
  }

  /** What else results depend on. */
  private Map<String, String> conditions() {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("--data", data.folder().toAbsolutePath().normalize().toString());
    conditions.put("samples", data.text());
    conditions.put("--model", network.name());
    conditions.put("--seed", Long.toString(network.seed()));
    network.weights().ifPresent(file -> conditions.put("--weights", file.toString()));
    network.encoder().ifPresent(file -> conditions.put("--encoder", file.toString()));
    conditions.put("augmentation", session.augment() ? "on" : "off");
    conditions.put("--device", device.name());
    conditions.put("--gradient", device.gradient());
    conditions.put("precision", device.precision());
    return conditions;
  }

  private List<Standing> run(
      Search search, SearchSetup setup, SegmentationData pictures, StopSignal stop)
      throws IOException {
    pictures.training(); // refuses a set that cannot be split, before anything is written
    ofp.terminal()
        .note(
            setup.trials().size()
                + " trials, "
                + setup.halving().totalEpochs()
                + " epochs in all, "
                + pictures.training().size()
                + " samples to learn from and "
                + pictures.validation().size()
                + " for validation");
    try (SearchProgress progress = new SearchProgress(ofp.terminal(), setup)) {
      TrialTraining trials =
          new TrialTraining(
              pictures, network, device, session, List.of(new StopListener(stop), progress));
      return search.run(trials, progress);
    }
  }

  private TuneReport report(SearchSetup setup, List<Standing> standings) throws IOException {
    Path table = session.out().resolve(Search.TABLE);
    Path plot = session.out().resolve("search.png");
    Standing best = standings.get(0);
    if (best.score().failed()) {
      throw CliException.failure(
          "all "
              + standings.size()
              + " trials failed, see "
              + table
              + "; the first: "
              + best.score().failure());
    }
    PngFile.write(plot, SearchPlot.draw(network.name(), points(setup, standings)));
    List<TuneReport.Trial> trials = TuneReport.trials(standings);
    return new TuneReport(
        network.name(),
        data.folder(),
        device.name(),
        setup.halving().rungs(),
        trials.get(0),
        trials,
        TrainCommandLine.of(
            spec.commandLine().getParseResult(),
            best.settings(),
            session.out().resolve("training")),
        new TuneReport.Files(table, plot));
  }

  private static List<SearchPlot.Trial> points(SearchSetup setup, List<Standing> standings) {
    int lastRung = setup.halving().rungs().size() - 1;
    return standings.stream()
        .map(
            standing ->
                new SearchPlot.Trial(
                    standing.settings().learningRate(),
                    standing.settings().batchSize(),
                    standing.settings().loss(),
                    standing.score().mIoU(),
                    standing.score().rung() < lastRung))
        .toList();
  }

  private void show(TuneReport report) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), report);
    } else {
      TuneText.print(report, ofp.terminal().out());
    }
  }
}
