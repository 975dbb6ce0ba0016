// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.evaluate.Evaluation;
import org.ofp.cli.evaluate.EvaluationFiles;
import org.ofp.cli.evaluate.EvaluationReport;
import org.ofp.cli.evaluate.EvaluationText;
import org.ofp.cli.evaluate.Outcome;
import org.ofp.cli.evaluate.Split;
import org.ofp.cli.io.OutputFolder;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.PeakMemory;
import org.ofp.cli.option.Choice;
import org.ofp.cli.option.DataOption;
import org.ofp.cli.option.DeviceOption;
import org.ofp.cli.option.ModelOptions;
import org.ofp.cli.option.OptionRange;
import org.ofp.cli.option.PrecisionOptions;
import org.ofp.cli.term.StopSignal;
import org.ofp.device.DeviceUri;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Samples;
import org.ofp.models.data.SegmentationData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ofp evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Tells how well a network finds what is where, on pictures whose masks are known.",
      "Class accuracy and mIoU are means over all pairs of an image and a class in its mask, as in"
          + " the article; the data-set mIoU is from one confusion matrix of all images.",
      "In brackets are 95 % confidence intervals: how far figures would vary with other pictures of"
          + " the same kind (see docs/TRAINING.md)."
    })
final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Mixin private DataOption data;

  @Mixin private ModelOptions options;

  @Mixin private DeviceOption address;

  @Mixin private PrecisionOptions precision;

  @Option(
      names = "--split",
      paramLabel = "WHICH",
      defaultValue = "all",
      converter = Split.Converter.class,
      description =
          "Which pictures: all, or those that training with the same --split-seed learns from"
              + " (training) or is judged by (validation) (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Samples that run together; rounding depends on it, and with it, on a device of few levels"
              + " or much noise, the figures, slightly (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--compare",
      description = "Run the network electronically too, and say how well both do and agree.")
  private boolean compare;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Folder for evaluation.json (what --json prints), classes.csv (the table of the classes)"
            + " and confusion.png (what is taken for what; with --compare also"
            + " confusion-electronic.png); made if missing. No file there is replaced."
      })
  private Path out;

  @Override
  public Integer call() throws IOException {
    Optional<DeviceUri> uri = address.uriOrNone();
    if (compare && uri.isEmpty()) {
      throw CliException.usage("--compare needs a device; with --device none there is but one");
    }
    OptionRange.requireAtLeast(1, "--batch-size", batchSize);
    data.check();
    options.check();
    if (out != null) {
      EvaluationFiles.requireFresh(out, data.folder());
    }
    try (StopSignal stop = StopSignal.watch(ofp.terminal(), "nothing was written");
        OutputFolder folder = out == null ? null : OutputFolder.prepare(out);
        Engine engine = Engine.open(uri, precision.transformOptions());
        Engine electronic = Engine.electronic();
        SegmentationData pictures = data.open(ofp.terminal(), stop)) {
      SegmentationModel model = model(engine, pictures);
      Optional<SegmentationModel> twin =
          compare ? Optional.of(model(electronic, pictures)) : Optional.empty();
      options.announce(ofp.terminal(), pictures.classes());
      Evaluation evaluation = new Evaluation(engine, model, electronic, twin);
      Samples samples = split.of(pictures);
      evaluation.run(samples, split.firstImage(), batchSize, ofp.terminal(), stop);
      EvaluationReport report = report(engine, pictures, samples, evaluation);
      if (report.files() != null) {
        report.files().write(report);
      }
      show(report);
    }
    return ExitStatus.SUCCESS;
  }

  private SegmentationModel model(Engine engine, SegmentationData pictures) throws IOException {
    int classes = pictures.classes().size();
    SegmentationModel model = options.create(engine.context(), pictures.classes());
    if (model.classes() != classes) {
      throw CliException.failure(
          data.folder()
              + ": has "
              + classes
              + " classes, and the network tells "
              + model.classes()
              + " apart; evaluate it on the classes that it was trained with");
    }
    return model;
  }

  private EvaluationReport report(
      Engine engine, SegmentationData pictures, Samples samples, Evaluation evaluation) {
    boolean optical = engine.optical();
    Outcome outcome = evaluation.outcome(pictures.classes());
    return new EvaluationReport(
        options.name(),
        options.weightsName(pictures.classes()).orElse(null),
        engine.name(),
        data.folder(),
        Choice.nameOf(split),
        samples.size(),
        samples.side(),
        outcome.figures(),
        outcome.electronic(),
        outcome.difference(),
        outcome.confidence(),
        evaluation.agreement().orElse(null),
        evaluation.logitsSnrDb().orElse(null),
        optical ? evaluation.seconds() : null,
        optical ? evaluation.electronicSeconds().orElse(null) : (Double) evaluation.seconds(),
        engine.context().frames(),
        engine.busy().toNanos() * 1e-9,
        PeakMemory.bytes().stream().boxed().findFirst().orElse(null),
        out == null ? null : EvaluationFiles.in(out, compare));
  }

  private void show(EvaluationReport report) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), report);
    } else {
      EvaluationText.print(report, ofp.terminal().out());
    }
  }
}
