// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ofp.cli.bench.HookedDevice;
import org.ofp.device.Availability;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceProvider;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/** {@code failing:N} is an ideal device that fails after N frames. */
public final class FailingProvider implements DeviceProvider {
  /** A jar that makes it known. */
  static Path jar(Path jar) throws IOException {
    byte[] service = FailingProvider.class.getName().getBytes(StandardCharsets.UTF_8);
    return ToyDriver.pack(jar, Map.of(ToyDriver.SERVICES, service));
  }

  @Override
  public String scheme() {
    return "failing";
  }

  @Override
  public String summary() {
    return "fails after some frames";
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
    return List.of();
  }

  @Override
  public Availability probe() {
    return Availability.yes("always there");
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    OpticalFourierDevice ideal = Devices.open("sim:ideal?rows=64&cols=64");
    long frames = Long.parseLong(body);
    return new HookedDevice(
        ideal,
        (sequence, job) -> {
          if (ideal.telemetry().framesLoaded() > frames) {
            throw new DeviceException(ErrorCode.DEVICE_FAILURE, "the lamp is broken; replace it");
          }
          return ideal.submit(sequence, job);
        });
  }
}
