// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ofp.cli.driver.DriverPath;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.io.OutputFolder;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.Inference;
import org.ofp.cli.network.WeightsHash;
import org.ofp.cli.option.DeviceOption;
import org.ofp.cli.option.ModelOptions;
import org.ofp.cli.option.OptionRange;
import org.ofp.cli.option.PrecisionOptions;
import org.ofp.cli.option.TilingOptions;
import org.ofp.cli.report.Report;
import org.ofp.cli.report.RunCommand;
import org.ofp.cli.report.RunFacts;
import org.ofp.cli.segment.Batch;
import org.ofp.cli.segment.InputPictures;
import org.ofp.cli.segment.PictureReader;
import org.ofp.cli.segment.PictureResult;
import org.ofp.cli.segment.Segmenter;
import org.ofp.cli.segment.Summary;
import org.ofp.cli.segment.SummaryText;
import org.ofp.cli.segment.TruthMasks;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.StopSignal;
import org.ofp.device.DeviceUri;
import org.ofp.models.ShippedWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ofp segment IMAGE...}. */
@Command(
    name = "segment",
    description = {
      "Finds out what is where in aerial photographs, with a network whose convolutions run on a"
          + " device.",
      "For each image it writes NAME-mask.png (a colour for each class), NAME-classes.png (the index"
          + " of the class as grey level) and NAME-overlay.png, and for all of them summary.json and"
          + " report.html, a page that shows it all and says how to run it again."
    })
final class SegmentCommand implements Callable<Integer> {
  /** The system property with which the launcher tells how it was called. */
  private static final String PROGRAM = "ofp.program";

  /** What the launcher hands on to the Java machine. */
  private static final String JAVA_OPTIONS = "OFP_JAVA_OPTS";

  @ParentCommand private Ofp ofp;

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions options;

  @Mixin private DeviceOption address;

  @Mixin private PrecisionOptions precision;

  @Mixin private TilingOptions tiling;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "JPEG or PNG pictures, or folders of them.")
  private List<Path> images;

  @Option(
      names = "--compare",
      description = "Run the network electronically too, and say how well both agree.")
  private boolean compare;

  @Option(
      names = "--layers",
      description =
          "Measure the accuracy of every layer on the device, for the report. Takes several times"
              + " as long.")
  private boolean layers;

  @Option(
      names = "--truth",
      paramLabel = "PATH",
      description =
          "The right classes: a mask (PNG of classes or of their colours), or a folder with a mask"
              + " NAME.png for each image.")
  private Path truth;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "ofp-out",
      description = "Folder for the results, made if missing (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--first-image",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Number of the first image, which keys the noise of a simulated device (default:"
              + " ${DEFAULT-VALUE}). With the number that summary.json states for an image, that"
              + " image alone comes out as it did among others, unless the device drifts or"
              + " settles.")
  private long firstImage;

  @Override
  public Integer call() throws IOException {
    Optional<DeviceUri> uri = address.uriOrNone();
    if (compare && uri.isEmpty()) {
      throw CliException.usage("--compare needs a device; with --device none there is but one");
    }
    if (layers && uri.isEmpty()) {
      throw CliException.usage("--layers needs a device; with --device none no layer is on one");
    }
    tiling.check();
    OptionRange.require(firstImage >= 0, "--first-image", firstImage, "at least 0");
    InputPictures inputs = InputPictures.of(images, out);
    options.check();
    WeightsHash hash = WeightsHash.of(options.weights());
    try (StopSignal stop =
            StopSignal.watch(ofp.terminal(), "images that were finished are in " + out);
        Engine engine = Engine.open(uri, precision.transformOptions());
        Engine electronic = Engine.electronic()) {
      Inference network = inference(engine);
      Optional<Inference> reference =
          compare ? Optional.of(inference(electronic)) : Optional.empty();
      hash.requireUnchanged();
      Report report = new Report(out, inputs.files().size(), facts(uri, network, hash), engine);
      network.onLayer(report.layers());
      engine.context().measureAccuracy(layers);
      Segmenter segmenter =
          new Segmenter(
              network,
              reference,
              new Segmenter.Tiling(tiling.tile(), tiling.overlap()),
              ofp.terminal());
      PictureReader reader =
          new PictureReader(
              tiling.size(),
              Optional.ofNullable(truth)
                  .map(path -> TruthMasks.at(path, inputs.files().size(), segmenter.palette())));
      Batch batch =
          new Batch(ofp.terminal(), reader, segmenter, setup(network), inputs.files(), firstImage);
      inputs.notes().forEach(ofp.terminal()::note);
      try (OutputFolder folder = OutputFolder.prepare(out)) {
        batch.run(out, stop::check, new Reporting(report, network.model().classes()));
      }
      return show(batch.summary(), inputs.files().size());
    }
  }

  private Inference inference(Engine engine) throws IOException {
    return new Inference(engine, options.create(engine.context()));
  }

  private RunFacts facts(Optional<DeviceUri> uri, Inference network, WeightsHash hash) {
    int classes = network.model().classes();
    return new RunFacts(
        new Version().getVersion()[0],
        RunCommand.of(
            System.getProperty(PROGRAM, "ofp"), spec.root().commandLine().getParseResult(), out),
        environment(),
        Path.of("").toAbsolutePath(),
        options.name(),
        options.weightsName(classes),
        options.shipped(classes).map(ShippedWeights::sha256).orElse(hash.sha256()),
        options.warning(classes),
        uri,
        precision.transformOptions(),
        settings(classes));
  }

  /** The variables that have a say in what the command does. */
  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : List.of(DriverPath.VARIABLE, JAVA_OPTIONS)) {
      if (!ofp.variable(variable).isEmpty()) {
        environment.put(variable, ofp.variable(variable));
      }
    }
    return environment;
  }

  private Map<String, String> settings(int classes) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--classes", Integer.toString(classes));
    settings.put("--untrained", Boolean.toString(options.untrained()));
    settings.put("--seed", Long.toString(options.seed()));
    settings.put("--size", tiling.size().map(Object::toString).orElse("as it is"));
    settings.put("--tile", Integer.toString(tiling.tile()));
    settings.put("--overlap", Integer.toString(tiling.overlap()));
    settings.put("--first-image", Long.toString(firstImage));
    if (truth != null) {
      settings.put("--truth", truth.toString());
    }
    return settings;
  }

  /** Puts every picture into the report as soon as it is over. */
  private final class Reporting implements Batch.Listener {
    private final Report report;
    private final int classes;

    Reporting(Report report, int classes) {
      this.report = report;
      this.classes = classes;
    }

    @Override
    public void begun() {
      options.announce(ofp.terminal(), classes);
    }

    @Override
    public void segmented(PictureResult result) throws IOException {
      report.add(result);
    }

    @Override
    public void failed(Path picture, String reason) {
      report.failed(picture, reason);
    }

    @Override
    public void recorded() throws IOException {
      report.list();
    }
  }

  private Summary.Setup setup(Inference network) {
    int classes = network.model().classes();
    return new Summary.Setup(
        network.model().name(),
        options.weightsName(classes).orElse(null),
        options.warning(classes).orElse(null),
        network.engine().name());
  }

  private int show(Summary summary, int all) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), summary);
    } else {
      SummaryText.print(summary, ofp.terminal().out());
    }
    if (summary.failed().isEmpty()) {
      return ExitStatus.SUCCESS;
    }
    String names =
        summary.failed().stream()
            .map(one -> one.image().toString())
            .collect(Collectors.joining(", "));
    ofp.terminal()
        .error(
            summary.failed().size() + " of " + Quantity.count(all, "image") + " failed: " + names);
    if (!summary.pending().isEmpty()) {
      ofp.terminal()
          .error(
              "the device failed, so "
                  + Quantity.count(summary.pending().size(), "image")
                  + " were not tried");
    }
    return ExitStatus.FAILURE;
  }
}
