// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ofp.cli.chart.TrainingPlot;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.io.OutputFolder;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.PeakMemory;
import org.ofp.cli.option.Choice;
import org.ofp.cli.option.DataOption;
import org.ofp.cli.option.LossName;
import org.ofp.cli.option.OptionRange;
import org.ofp.cli.option.ScheduleName;
import org.ofp.cli.option.SessionOptions;
import org.ofp.cli.option.TrainedNetworkOptions;
import org.ofp.cli.option.TrainingDeviceOption;
import org.ofp.cli.term.StopSignal;
import org.ofp.cli.train.EpochProgress;
import org.ofp.cli.train.StopListener;
import org.ofp.cli.train.TrainReport;
import org.ofp.cli.train.TrainText;
import org.ofp.cli.train.TrainingRun;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.picture.PngFile;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.LossKind;
import org.ofp.models.training.RateSchedule;
import org.ofp.models.training.Trainer;
import org.ofp.models.training.TrainingOptions;
import org.ofp.models.training.TrainingResult;
import org.ofp.models.training.log.TrainingLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ofp train}. */
@Command(
    name = "train",
    description = {
      "Trains a network to find what is where in pictures, electronically or through a device.",
      "Into the folder --out it writes the weights of the best epoch (best.safetensors, by mIoU on"
          + " the validation pictures) and of the last (last.safetensors), checkpoints to go on from"
          + " with --resume, and the course of training: metrics.csv, curves.png, and event files"
          + " for TensorBoard."
    })
final class TrainCommand implements Callable<Integer> {
  /** The article's. */
  private static final int DEFAULT_PATIENCE = 5;

  @ParentCommand private Ofp ofp;

  @Mixin private DataOption data;

  @Mixin private TrainedNetworkOptions network;

  @Mixin private TrainingDeviceOption device;

  @Mixin private SessionOptions session;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "4",
      description = "Samples per step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "1e-4",
      description = "Learning rate of Adam (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "HOW",
      defaultValue = "constant",
      converter = ScheduleName.class,
      description =
          "How the learning rate changes: constant, or cosine, which rises to --lr over the first"
              + " twentieth of all steps and falls to 0 over the rest (default: ${DEFAULT-VALUE}).")
  private RateSchedule schedule;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      defaultValue = "dice",
      converter = LossName.class,
      description =
          "What is minimised: dice, or cross-entropy with the classes weighted by median frequency"
              + " (default: ${DEFAULT-VALUE}).")
  private LossKind loss;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop after so many epochs without a better mIoU; 0: never (default: 5; with --schedule"
              + " cosine 0, and nothing else, since its rate falls to the very end).")
  private Integer patience;

  @Override
  public Integer call() throws IOException {
    check();
    try (OutputFolder folder = OutputFolder.prepare(session.out())) {
      requireFreshOrResumed();
      try (StopSignal stop = StopSignal.watch(ofp.terminal(), StopListener.REMEDY);
          Engine engine = device.open();
          SegmentationData pictures = data.open(ofp.terminal(), stop)) {
        show(train(engine, pictures, stop));
      }
    }
    return ExitStatus.SUCCESS;
  }

  private void check() {
    OptionRange.requireAtLeast(1, "--epochs", epochs);
    OptionRange.requireAtLeast(1, "--batch-size", batchSize);
    if (patience != null) {
      OptionRange.requireAtLeast(0, "--patience", patience);
      if (patience > 0 && schedule == RateSchedule.COSINE) {
        throw CliException.usage(
            "--patience "
                + patience
                + " could end --schedule cosine while its rate is high; leave out --patience, or"
                + " give 0");
      }
    }
    OptionRange.requireLearningRate(learningRate);
    data.check();
    device.check();
    session.check();
    network.check();
  }

  private int patience() {
    if (patience != null) {
      return patience;
    }
    return schedule == RateSchedule.COSINE ? 0 : DEFAULT_PATIENCE;
  }

  /** Before the pictures are read, which can take long. */
  private void requireFreshOrResumed() {
    boolean begun = Trainer.hasCheckpoint(session.out());
    if (begun && !session.resume()) {
      throw CliException.failure(
          session.out()
              + ": a training was begun in this folder; pass --resume to go on with it, or name"
              + " another folder with --out");
    }
    if (!begun) {
      Trainer.requireFresh(session.out());
    }
    if (!begun && session.resume()) {
      ofp.terminal().note("nothing to resume in " + session.out() + ", so training begins");
    }
  }

  private TrainReport train(Engine engine, SegmentationData pictures, StopSignal stop)
      throws IOException {
    SegmentationModel model = network.create(pictures.classes().size(), engine.context());
    TrainingOptions options =
        new TrainingOptions(
            epochs,
            batchSize,
            learningRate,
            schedule,
            loss,
            patience(),
            network.seed(),
            session.augment(),
            session.checkpointEvery());
    ofp.terminal().note(summary(pictures));
    TrainingResult result;
    try (EpochProgress progress = new EpochProgress(ofp.terminal(), epochs)) {
      result =
          TrainingRun.run(
              session.out(),
              engine,
              model,
              pictures,
              options,
              List.of(new StopListener(stop), progress));
    }
    Path curves = session.out().resolve("curves.png");
    PngFile.write(curves, TrainingPlot.draw(network.name(), result.epochs()));
    return report(engine, pictures, result, curves);
  }

  private TrainReport report(
      Engine engine, SegmentationData pictures, TrainingResult result, Path curves) {
    List<EpochRecord> epochs = result.epochs();
    return new TrainReport(
        network.name(),
        data.folder(),
        device.name(),
        device.gradient(),
        network.seed(),
        pictures.classes().size(),
        pictures.training().size(),
        pictures.validation().size(),
        result.best(),
        epochs,
        Choice.nameOf(result.stopped()),
        epochs.stream().mapToDouble(EpochRecord::seconds).sum(),
        epochs.stream()
            .mapToDouble(EpochRecord::samplesPerSecond)
            .filter(speed -> speed > 0) // unless all steps of the epoch were in earlier sessions
            .average()
            .orElse(Double.NaN),
        engine.context().frames(),
        engine.busy().toNanos() * 1e-9,
        PeakMemory.bytes().stream().boxed().findFirst().orElse(null),
        new TrainReport.Files(
            result.bestWeights(),
            result.lastWeights(),
            session.out().resolve(TrainingLog.CSV),
            session.out(),
            curves));
  }

  private String summary(SegmentationData pictures) {
    return network.name()
        + " on "
        + device.name()
        + ": "
        + pictures.classes().size()
        + " classes, "
        + pictures.training().size()
        + " samples to learn from and "
        + pictures.validation().size()
        + " for validation, "
        + pictures.training().side()
        + "×"
        + pictures.training().side()
        + " pixels";
  }

  private void show(TrainReport report) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), report);
    } else {
      TrainText.print(report, ofp.terminal().out());
    }
  }
}
