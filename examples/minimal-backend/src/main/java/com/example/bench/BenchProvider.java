// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import java.util.List;
import java.util.Optional;
import org.ofp.device.Availability;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceProvider;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/** Opens the made-up bench: {@code minimal:bench1}. Named in {@code META-INF/services}. */
public final class BenchProvider implements DeviceProvider {
  @Override
  public String scheme() {
    return "minimal";
  }

  @Override
  public String summary() {
    return "made-up bench, the example of a driver";
  }

  @Override
  public int apiLevel() {
    return OpticalFourierDevice.API_LEVEL;
  }

  @Override
  public List<String> bodies() {
    return List.of("bench1");
  }

  @Override
  public List<OptionSpec> options(String body) {
    if (!bodies().contains(body)) {
      throw new DeviceException(
          ErrorCode.UNAVAILABLE,
          "there is no bench '" + body + "'; this driver opens " + String.join(", ", bodies()));
    }
    return BenchSettings.SPECS;
  }

  @Override
  public Availability probe() {
    return Instrument.whyAbsent()
        .map(Availability::no)
        .orElseGet(() -> Availability.yes("bench1 answers"));
  }

  @Override
  public OpticalFourierDevice open(
      String body, Options options, Optional<OpticalFourierDevice> inner) {
    BenchSettings settings = new BenchSettings(options);
    DeviceDescription description = settings.describe(body, "minimal " + version());
    return settings.patterns() == 1
        ? new BenchDevice(settings.connect(), description, settings.watchdog())
        : new PreloadingBenchDevice(
            settings.connect(), description, settings.watchdog(), settings.patterns());
  }

  private static String version() {
    String version = BenchProvider.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
