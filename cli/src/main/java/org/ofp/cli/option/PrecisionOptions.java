// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.function.IntFunction;
import org.ofp.cli.error.CliException;
import org.ofp.device.DeviceException;
import org.ofp.device.TransformOptions;
import picocli.CommandLine.Option;

/** How much of the device's time goes into the accuracy of a transform. */
public final class PrecisionOptions {
  @Option(
      names = "--exposures",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Exposures of each field, 1 to "
              + TransformOptions.MAX_EXPOSURES
              + ", each four times as long as the one before, merged pixel by pixel without"
              + " saturated ones (default: ${DEFAULT-VALUE}). For fields whose bright pixels hide"
              + " the dark ones in noise.")
  private int exposures;

  @Option(
      names = "--slices",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Frames whose sum is a field, 1 to "
              + TransformOptions.MAX_SLICES
              + ", each showing what the modulator's levels left of those before (default:"
              + " ${DEFAULT-VALUE}). For modulators of few bits.")
  private int slices;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Times each frame is shown and read, 1 to "
              + TransformOptions.MAX_REPEATS
              + ", and averaged (default: ${DEFAULT-VALUE}). For noisy detectors.")
  private int repeats;

  /** Exposures of each field. */
  public int exposures() {
    return exposures;
  }

  /** Whether anything but a single frame and exposure was asked for. */
  public boolean composed() {
    return exposures > 1 || slices > 1 || repeats > 1;
  }

  /**
   * How fields are put on the device.
   *
   * @throws CliException for numbers that are out of range
   */
  public TransformOptions transformOptions() {
    TransformOptions options = TransformOptions.defaults();
    options = set("--exposures", exposures, options::exposures);
    options = set("--slices", slices, options::slices);
    return set("--repeats", repeats, options::repeats);
  }

  private static TransformOptions set(
      String option, int value, IntFunction<TransformOptions> setter) {
    try {
      return setter.apply(value);
    } catch (DeviceException e) {
      throw CliException.usage(option + " " + value + ": " + e.getMessage());
    }
  }
}
