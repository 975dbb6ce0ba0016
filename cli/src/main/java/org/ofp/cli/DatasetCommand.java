// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.io.OutputFolder;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.option.GroundRange;
import org.ofp.cli.option.OptionRange;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.StopSignal;
import org.ofp.cli.term.Terminal;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.scene.SceneFolder;
import org.ofp.models.scene.SceneGenerator;
import org.ofp.models.scene.SceneOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ofp dataset}. */
@Command(
    name = "dataset",
    description = {
      "Makes up aerial pictures with their masks, to train and test networks on.",
      "It writes the layout of the Semantic Drone Dataset, with its 23 classes:"
          + " original_images/NNN.jpg, label_images_semantic/NNN.png (the index of the class as grey"
          + " level) and class_dict_seg.csv. The same seed makes the same pictures everywhere."
    })
final class DatasetCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @ParentCommand private Ofp ofp;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the data set, made if missing; it must not have pictures yet.")
  private Path out;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "400",
      description = "How many pictures (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--size",
      paramLabel = "S",
      defaultValue = "512",
      description =
          "Pictures of SxS pixels, from "
              + SceneOptions.LEAST_SIDE
              + " to "
              + SceneOptions.LARGEST_SIDE
              + " (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--seed",
      paramLabel = "K",
      defaultValue = "0",
      description = "Another seed makes other pictures (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--ground",
      paramLabel = "MIN-MAX",
      defaultValue = "8-24",
      converter = GroundRange.Converter.class,
      description = "Metres of ground that a picture shows across (default: ${DEFAULT-VALUE}).")
  private GroundRange ground;

  /**
   * @param classPercent share of all pixels by the name of the class, in the order of the classes
   */
  record Report(
      Path folder,
      int count,
      int size,
      long seed,
      List<Double> groundMetres,
      Map<String, Double> classPercent) {}

  @Override
  public Integer call() throws IOException {
    OptionRange.requireFrom(1, MOST, "--count", count);
    OptionRange.requireFrom(SceneOptions.LEAST_SIDE, SceneOptions.LARGEST_SIDE, "--size", size);
    SceneGenerator generator =
        SceneGenerator.of(seed, new SceneOptions(size, ground.least(), ground.largest()));
    long[] pixels;
    // The signal is closed last, for the process ends then: files and folder are gone before.
    try (StopSignal stop = StopSignal.watch(ofp.terminal(), "nothing was written");
        OutputFolder folder = OutputFolder.prepare(out);
        Progress progress = Progress.start(ofp.terminal(), "scenes", count)) {
      pixels =
          SceneFolder.write(
              out,
              generator,
              count,
              () -> {
                progress.advance(1);
                stop.check();
              });
    }
    show(report(pixels));
    return ExitStatus.SUCCESS;
  }

  private Report report(long[] pixels) {
    double all = (double) count * size * size;
    Map<String, Double> percent = new LinkedHashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      percent.put(ClassPalette.DRONE.classes().get(i).name(), 100 * pixels[i] / all);
    }
    return new Report(out, count, size, seed, List.of(ground.least(), ground.largest()), percent);
  }

  private void show(Report report) {
    Terminal terminal = ofp.terminal();
    if (ofp.json()) {
      JsonOutput.write(terminal.out(), report);
      return;
    }
    terminal
        .out()
        .println(
            "Wrote "
                + Quantity.count(count, "picture")
                + " of "
                + size
                + "×"
                + size
                + " pixels with masks to "
                + out);
    terminal.out().println("Share of the pixels:");
    report
        .classPercent()
        .forEach((name, share) -> terminal.out().printf("  %-12s %6.2f %%%n", name, share));
  }
}
