// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.List;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.device.DeviceUri;
import picocli.CommandLine.Option;

/** {@code -o key=value}: options of the innermost layer of an address. */
final class InnermostOptions {
  /** What stands in place of an address where no device is wanted. */
  private static final String NONE = "none";

  @Option(
      names = "-o",
      paramLabel = "KEY=VALUE",
      description =
          "Sets an option of the device, as if it stood in the address; repeatable. 'ofp info URI'"
              + " lists the options.")
  private List<String> pairs = List.of();

  /** The address that a text and these options make up. */
  DeviceUri complete(String text) {
    DeviceUri uri = DeviceUri.parse(text);
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw CliException.usage(
            "-o '" + pair + "' is not KEY=VALUE; write for example -o adc.bits=10");
      }
      uri = uri.withOption(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return uri;
  }

  /** As {@link #complete}; empty for {@code none}. */
  Optional<DeviceUri> completeOrNone(String text) {
    if (!text.equals(NONE)) {
      return Optional.of(complete(text));
    }
    if (!pairs.isEmpty()) {
      throw CliException.usage("-o sets an option of a device, and 'none' is no device");
    }
    return Optional.empty();
  }
}
