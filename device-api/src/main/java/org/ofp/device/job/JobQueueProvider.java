// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.time.Duration;
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

/** Opens {@code queue:} before another device: {@code queue:?capacity=8@sim:demonstrator}. */
@Experimental(since = "0.1")
public final class JobQueueProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "queue";
  }

  @Override
  public String summary() {
    return "runs jobs in the background: cancellable, with deadlines, one after the other";
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
    if (!body.isEmpty()) {
      throw new DeviceException(
          ErrorCode.MALFORMED_URI,
          "'queue:" + body + "' names nothing; write queue:@ and the device's address");
    }
    return List.of(
        OptionSpec.integer("capacity", 1, 1_000_000, "8", "jobs that may wait"),
        OptionSpec.choice(
            "full", List.of("wait", "refuse"), "wait", "what submit does without room"),
        OptionSpec.number(
            "grace", "s", 0, 3600, "0.05", "time to return after an interrupt, besides a frame's"));
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
    return new JobQueue(
        inner.orElseThrow(),
        new JobQueue.Settings(
            options.integer("capacity"),
            options.text("full").equals("refuse"),
            Duration.ofNanos(Math.round(options.number("grace") * 1e9))));
  }
}
