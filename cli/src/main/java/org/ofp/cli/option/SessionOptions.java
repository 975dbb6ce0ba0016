// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where training keeps its results, and how it goes about them. */
public final class SessionOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for weights, checkpoints and logs, made if missing.")
  private Path out;

  @Option(
      names = "--resume",
      description =
          "Go on with what was begun in the folder, and ended at whatever moment; begin if nothing"
              + " was.")
  private boolean resume;

  @Option(names = "--no-augment", negatable = false, description = "Do not flip and turn samples.")
  private boolean noAugment;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "MINUTES",
      defaultValue = "10",
      description =
          "Longest time between two checkpoints; there is one after every epoch too (default:"
              + " ${DEFAULT-VALUE}).")
  private int checkpointMinutes;

  /** The folder. */
  public Path out() {
    return out;
  }

  /** Whether to go on with what is in the folder. */
  public boolean resume() {
    return resume;
  }

  /** Whether samples are flipped and turned. */
  public boolean augment() {
    return !noAugment;
  }

  /** Longest time between two checkpoints. */
  public Duration checkpointEvery() {
    return Duration.ofMinutes(checkpointMinutes);
  }

  /** Checks the numbers. */
  public void check() {
    OptionRange.requireAtLeast(1, "--checkpoint-every", checkpointMinutes);
  }
}
