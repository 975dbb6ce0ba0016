// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.util.List;
import java.util.Optional;
import org.ofp.device.Availability;
import org.ofp.device.DeviceProvider;
import org.ofp.device.Experimental;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/** {@code replay:FILE}: a recording as a device. */
@Experimental(since = "0.1")
public final class ReplayProvider implements DeviceProvider {
  /** The scheme. */
  public static final String SCHEME = "replay";

  /** The option for the order in which frames may be asked for. */
  public static final String ORDER = "order";

  /** The order as recorded. */
  public static final String STRICT = "strict";

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String summary() {
    return "serves what a device measured while it was recorded";
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
            ORDER,
            List.of("content", STRICT),
            "content",
            "frames in any order, found by their content, or strictly as recorded"));
  }

  @Override
  public Availability probe() {
    return Availability.yes("");
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    Recording recording = Recording.open(RecordProvider.path(SCHEME, body));
    return new ReplayDevice(recording, options.text(ORDER).equals(STRICT));
  }
}
