// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.nio.file.Path;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.StopSignal;
import org.ofp.cli.term.Terminal;
import org.ofp.models.data.DataOptions;
import org.ofp.models.data.SegmentationData;
import picocli.CommandLine.Option;

/** A folder of pictures and masks, and how samples are made of them. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of pictures and masks: images/ and masks/, or the layout of the Semantic Drone"
              + " Dataset, which 'ofp dataset' writes (see docs/TRAINING.md).")
  private Path folder;

  @Option(
      names = "--crop",
      paramLabel = "N",
      description =
          "Cut pictures into squares of NxN pixels (default: 2000 where they are that large, else"
              + " their short side).")
  private Integer crop;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Resize the squares to NxN pixels (default: 512, or the squares' size if less).")
  private Integer size;

  @Option(
      names = "--split-seed",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Decides which fifth of the pictures is for validation (default: ${DEFAULT-VALUE}).")
  private long splitSeed;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Folder for decoded pictures that are too many for memory (default: the system's for"
              + " temporary files).")
  private Path scratch;

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** How samples are made, as text that differs where samples would. */
  public String text() {
    return "crop "
        + (crop == null ? "default" : crop)
        + ", size "
        + (size == null ? "default" : size)
        + ", split seed "
        + splitSeed;
  }

  /** Checks the numbers. */
  public void check() {
    check("--crop", crop, DataOptions.MAX_CROP);
    check("--size", size, DataOptions.MAX_SIZE);
  }

  /**
   * Decodes the pictures.
   *
   * @param stop ends that early
   */
  public SegmentationData open(Terminal terminal, StopSignal stop) {
    DataOptions options =
        new DataOptions(crop == null ? 0 : crop, size == null ? 0 : size, splitSeed, scratch);
    // How many there are shows with the first one.
    Progress[] progress = new Progress[1];
    try {
      return SegmentationData.open(
          folder,
          options,
          (done, total) -> {
            stop.check();
            if (progress[0] == null) {
              progress[0] = Progress.start(terminal, "reading pictures", total);
            }
            progress[0].reach(done);
          });
    } finally {
      if (progress[0] != null) {
        progress[0].close();
      }
    }
  }

  private static void check(String option, Integer value, int max) {
    if (value != null) {
      OptionRange.requireFrom(1, max, option, value);
    }
  }
}
