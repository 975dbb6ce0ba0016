// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
import org.ofp.device.OptionSpec;
import org.ofp.device.PhysicalParameter;

/**
 * What there is to know about a device, in the names that {@code ofp info --json} keeps stable.
 *
 * @param address the address it was opened at
 * @param id identity of the unit
 * @param name for people
 * @param driver the driver's name and version
 * @param capabilities what it can do
 * @param calibration how its counts relate to the field
 * @param parameters its physical parameters, in the driver's order
 * @param options what an address may set, in the driver's order
 * @param kernels host engines that compute beside it
 */
public record DeviceReport(
    String address,
    String id,
    String name,
    String driver,
    Abilities capabilities,
    Calibration calibration,
    List<PhysicalParameter> parameters,
    List<Option> options,
    List<KernelReport> kernels) {

  /** The device's {@link Capabilities}; times in seconds, 0 bits for continuous. */
  public record Abilities(
      int rows,
      int cols,
      boolean windows,
      String modulation,
      int amplitudeBits,
      int phaseBits,
      String readout,
      int adcBits,
      double minExposure,
      double maxExposure,
      double defaultExposure,
      double framePeriod,
      double readPeriod,
      String determinism,
      int apiLevel) {

    static Abilities of(Capabilities device) {
      return new Abilities(
          device.maxFrame().rows(),
          device.maxFrame().cols(),
          device.windows(),
          spelled(device.modulation()),
          device.amplitudeBits(),
          device.phaseBits(),
          spelled(device.readout()),
          device.adcBits(),
          device.minExposure(),
          device.maxExposure(),
          device.defaultExposure(),
          device.framePeriod(),
          device.readPeriod(),
          spelled(device.determinism()),
          device.apiLevel());
    }
  }

  /**
   * An option of the device.
   *
   * @param min smallest number, null where the option is no number
   * @param max largest number, likewise
   * @param off whether {@code off} switches the effect off
   * @param defaultValue without the address's options
   * @param value with them
   */
  public record Option(
      String name,
      String type,
      String unit,
      String range,
      Double min,
      Double max,
      List<String> choices,
      boolean off,
      String defaultValue,
      String value,
      String meaning) {

    static Option of(OptionSpec spec, String value) {
      boolean number =
          spec.type() == OptionSpec.Type.NUMBER || spec.type() == OptionSpec.Type.INTEGER;
      return new Option(
          spec.name(),
          spelled(spec.type()),
          spec.unit(),
          spec.range(),
          number ? spec.min() : null,
          number ? spec.max() : null,
          spec.choices(),
          spec.offAllowed(),
          spec.defaultValue(),
          value,
          spec.meaning());
    }
  }

  /** Describes a device that was opened at an address. */
  public static DeviceReport of(
      DeviceUri uri, DeviceDescription device, List<KernelReport> kernels) {
    return new DeviceReport(
        uri.toString(),
        device.id(),
        device.name(),
        device.driver(),
        Abilities.of(device.capabilities()),
        device.calibration(),
        device.parameters(),
        options(uri),
        kernels);
  }

  private static List<Option> options(DeviceUri uri) {
    DeviceUri.Layer device = uri.innermost();
    DeviceUri bare =
        new DeviceUri(List.of(new DeviceUri.Layer(device.scheme(), device.body(), Map.of())));
    List<OptionSpec> values = Devices.options(uri);
    List<OptionSpec> defaults = Devices.options(bare);
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < defaults.size(); i++) {
      options.add(Option.of(defaults.get(i), values.get(i).defaultValue()));
    }
    return options;
  }

  /** As options spell names: {@code FOUR_STEP} is {@code four-step}. */
  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
