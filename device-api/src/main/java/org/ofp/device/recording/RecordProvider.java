// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ofp.device.Availability;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceProvider;
import org.ofp.device.ErrorCode;
import org.ofp.device.Experimental;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/** {@code record:FILE@device}: a device that is recorded. */
@Experimental(since = "0.1")
public final class RecordProvider implements DeviceProvider {
  /** The scheme. */
  public static final String SCHEME = "record";

  /** The option for the address of what is recorded. */
  public static final String ADDRESS = "address";

  /** The option for the command line that is recorded. */
  public static final String COMMAND = "command";

  /** The option for two-byte counts. */
  public static final String COUNTS = "counts";

  private static final String COMPACT = "compact";

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String summary() {
    return "records all frames of the device that follows in a file";
  }

  @Override
  public int apiLevel() {
    return OpticalFourierDevice.API_LEVEL;
  }

  @Override
  public List<String> bodies() {
    return List.of();
  }

  @Override
  public List<OptionSpec> options(String body) {
    return List.of(
        OptionSpec.choice(
            COUNTS,
            List.of("fast", COMPACT),
            "fast",
            "compact takes two bytes for whole counts, and more processor time"),
        OptionSpec.text(ADDRESS, "", "address of the device, for the record"),
        OptionSpec.text(COMMAND, "", "what is run, for the record"));
  }

  @Override
  public Availability probe() {
    return Availability.yes("");
  }

  @Override
  public boolean isDecorator() {
    return true;
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    return RecordingDevice.open(
        inner.orElseThrow(),
        path(SCHEME, body),
        Provenance.now(options.text(ADDRESS), options.text(COMMAND)),
        options.text(COUNTS).equals(COMPACT));
  }

  /** The file that a body names. */
  static Path path(String scheme, String body) {
    if (body.isEmpty()) {
      throw new DeviceException(
          ErrorCode.MALFORMED_URI, "'" + scheme + ":' needs a file; write " + scheme + ":run.ofpr");
    }
    try {
      return Path.of(body);
    } catch (InvalidPathException e) {
      throw new DeviceException(
          ErrorCode.MALFORMED_URI, scheme + ":" + body + " names no file: " + e.getMessage(), e);
    }
  }
}
