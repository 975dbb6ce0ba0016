// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ofp.cli.device.DeviceReport;
import org.ofp.cli.network.Engine;
import org.ofp.cli.term.Quantity;
import org.ofp.device.DeviceUri;
import org.ofp.device.PhysicalParameter;

/**
 * The device as the page tells of it.
 *
 * @param name for people
 * @param address with the seed in it, whether it was given or not
 * @param id identity of the unit
 * @param driver name and version
 * @param summary what it can do, by name
 * @param parameters those with a value
 * @param off names of the effects that are switched off
 * @param options the value of every option that an address may set, by name
 */
record DeviceFacts(
    String name,
    String address,
    String id,
    String driver,
    Map<String, String> summary,
    List<PhysicalParameter> parameters,
    List<String> off,
    Map<String, String> options) {
  private static final String SEED = "seed";
  private static final String OFF = "off";

  /** Describes the device that an engine runs on. */
  static Optional<DeviceFacts> of(Optional<DeviceUri> uri, Engine engine) {
    return engine
        .device()
        .map(
            device -> of(DeviceReport.of(uri.orElseThrow(), device.description(), List.of()), uri));
  }

  private static DeviceFacts of(DeviceReport device, Optional<DeviceUri> uri) {
    Map<String, String> options = new LinkedHashMap<>();
    device.options().forEach(option -> options.put(option.name(), option.value()));
    return new DeviceFacts(
        device.name(),
        seeded(uri.orElseThrow(), options).toString(),
        device.id(),
        device.driver(),
        summary(device.capabilities()),
        device.parameters().stream().filter(p -> !p.value().equals(OFF)).toList(),
        device.parameters().stream()
            .filter(p -> p.value().equals(OFF))
            .map(PhysicalParameter::name)
            .toList(),
        options);
  }

  /** The default of the seed may change some day. */
  private static DeviceUri seeded(DeviceUri uri, Map<String, String> options) {
    String seed = options.get(SEED);
    return seed == null || uri.innermost().options().containsKey(SEED)
        ? uri
        : uri.withOption(SEED, seed);
  }

  private static Map<String, String> summary(DeviceReport.Abilities device) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(
        "Frames",
        device.rows() + "×" + device.cols() + " pixels" + (device.windows() ? ", or smaller" : ""));
    summary.put(
        "Modulation",
        device.modulation()
            + ", "
            + bits(device.amplitudeBits())
            + " amplitude, "
            + bits(device.phaseBits())
            + " phase");
    summary.put("Readout", device.readout() + ", " + bits(device.adcBits()));
    summary.put("Load a frame", Quantity.seconds(device.framePeriod()));
    summary.put("Read a frame", Quantity.seconds(device.readPeriod()) + " and the exposure");
    summary.put("Repeating a frame", device.determinism());
    return summary;
  }

  /** Whether effects are switched off. */
  boolean anyOff() {
    return !off.isEmpty();
  }

  private static String bits(int bits) {
    return bits == 0 ? "continuous" : bits + "-bit";
  }
}
