// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.Optional;
import org.ofp.device.DeviceUri;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The device as a command's first parameter. */
public final class DeviceParameter {
  @Parameters(
      index = "0",
      paramLabel = "URI",
      description = "Address of the device, such as 'sim:demonstrator?seed=7'; quote it.")
  private String address;

  @Mixin private InnermostOptions options = new InnermostOptions();

  /** The address with all options. */
  public DeviceUri uri() {
    return options.complete(address);
  }

  /** The address with all options, empty for {@code none}. */
  public Optional<DeviceUri> uriOrNone() {
    return options.completeOrNone(address);
  }
}
