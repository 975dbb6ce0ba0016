// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.error.Failure;
import org.ofp.cli.io.OutputFolder;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.Inference;
import org.ofp.cli.option.DeviceOption;
import org.ofp.cli.option.ModelOptions;
import org.ofp.cli.option.PrecisionOptions;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.OutputFiles;
import org.ofp.cli.segment.Segmenter;
import org.ofp.cli.segment.Summary;
import org.ofp.cli.segment.SummaryText;
import org.ofp.device.DeviceUri;
import org.ofp.models.SegmentationModel;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.RgbImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ofp segment IMAGE...}. */
@Command(
    name = "segment",
    description = {
      "Finds out what is where in aerial photographs, with a network whose convolutions run on a"
          + " device.",
      "For each image it writes NAME-mask.png (a colour for each class), NAME-classes.png (the index"
          + " of the class as grey level) and NAME-overlay.png, and for all of them summary.json."
    })
final class SegmentCommand implements Callable<Integer> {
  private static final String SUMMARY = "summary.json";

  @ParentCommand private Ofp ofp;

  @Mixin private ModelOptions options;

  @Mixin private DeviceOption address;

  @Mixin private PrecisionOptions precision;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "JPEG or PNG pictures.")
  private List<Path> images;

  @Option(
      names = "--compare",
      description = "Run the network electronically too, and say how well both agree.")
  private boolean compare;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "ofp-out",
      description = "Folder for the results, made if missing (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Scale each image so that its longest side has N pixels, up to "
              + Segmenter.MAX_SIDE
              + " (default: as it is).")
  private Integer size;

  private final List<ImageReport> reports = new ArrayList<>();
  private final List<Summary.FailedImage> failed = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Optional<DeviceUri> uri = address.uriOrNone();
    if (compare && uri.isEmpty()) {
      throw CliException.usage("--compare needs a device; with --device none there is but one");
    }
    if (size != null && (size < 1 || size > Segmenter.MAX_SIDE)) {
      throw CliException.usage("--size " + size + " must be from 1 to " + Segmenter.MAX_SIDE);
    }
    try (Engine engine = Engine.open(uri, precision.transformOptions());
        Engine electronic = Engine.electronic()) {
      Inference network = inference(engine);
      Segmenter segmenter =
          new Segmenter(
              network,
              compare ? Optional.of(inference(electronic)) : Optional.empty(),
              Optional.ofNullable(size));
      try (OutputFolder folder = OutputFolder.prepare(out)) {
        segmentAll(segmenter, network);
      }
      return show(summary(network));
    }
  }

  private Inference inference(Engine engine) throws IOException {
    SegmentationModel model = options.create(engine.context());
    if (model.classes() > Segmenter.MAX_CLASSES) {
      throw CliException.failure(
          "masks show up to "
              + Segmenter.MAX_CLASSES
              + " classes, this network tells "
              + model.classes()
              + " apart; use 'ofp forward'");
    }
    return new Inference(engine, model, ofp.terminal());
  }

  private void segmentAll(Segmenter segmenter, Inference network) throws IOException {
    List<OutputFiles> outputs = OutputFiles.in(out, images);
    for (int i = 0; i < images.size(); i++) {
      Path file = images.get(i);
      if (images.size() > 1) {
        ofp.terminal().note(file + " (" + (i + 1) + " of " + images.size() + ")");
      }
      Optional<RgbImage> image = read(segmenter, file);
      if (image.isPresent()) {
        if (reports.isEmpty()) {
          options.announce(ofp.terminal(), network.model().classes());
        }
        reports.add(segmenter.segment(file, image.get(), i, outputs.get(i)));
      }
      // After each image, so that a run that is ended early leaves on record what it did.
      if (!reports.isEmpty()) {
        summary(network).write(out.resolve(SUMMARY));
      }
    }
  }

  /** An image that cannot be read does not keep the others from being segmented. */
  private Optional<RgbImage> read(Segmenter segmenter, Path file) {
    try {
      return Optional.of(segmenter.read(file));
    } catch (CliException | UnusableFileException | UncheckedIOException e) {
      if (images.size() == 1) {
        throw e;
      }
      String reason = Failure.of(e).message();
      ofp.terminal().error(reason);
      failed.add(new Summary.FailedImage(file, reason));
      return Optional.empty();
    }
  }

  private Summary summary(Inference network) {
    int classes = network.model().classes();
    return Summary.of(
        network.model().name(),
        options.weightsName(classes).orElse(null),
        options.warning(classes).orElse(null),
        network.engine().name(),
        reports,
        failed);
  }

  private int show(Summary summary) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), summary);
    } else {
      SummaryText.print(summary, ofp.terminal().out());
    }
    if (failed.isEmpty()) {
      return ExitStatus.SUCCESS;
    }
    String names =
        failed.stream().map(one -> one.image().toString()).collect(Collectors.joining(", "));
    ofp.terminal()
        .error(failed.size() + " of " + images.size() + " images could not be read: " + names);
    return ExitStatus.FAILURE;
  }
}
