// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.Optional;
import org.ofp.device.DeviceUri;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The device as an option with a default. */
public final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "URI",
      defaultValue = "sim:demonstrator",
      description =
          "Address of the device, 'none' for plain electronic convolutions (default:"
              + " ${DEFAULT-VALUE}).")
  private String address;

  @Mixin private InnermostOptions options = new InnermostOptions();

  /** The address with all options, empty for {@code none}. */
  public Optional<DeviceUri> uriOrNone() {
    return options.completeOrNone(address);
  }
}
