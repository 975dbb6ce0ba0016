// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ofp.device.OptionSpec;

/**
 * Every parameter of a simulated bench, in the light's order, as data: the keys of a profile file
 * and the options of a {@code sim:} address. The defaults are those of the {@code ideal} bench:
 * every effect is off.
 */
public final class BenchOptions {
  private static final List<OptionSpec> SPECS = specList();

  private BenchOptions() {}

  private static List<OptionSpec> specList() {
    List<OptionSpec> specs = new ArrayList<>();
    specs.add(OptionSpec.integer("rows", 1, 8192, "4096", "SLM and detector rows"));
    specs.add(OptionSpec.integer("cols", 1, 8192, "4096", "SLM and detector columns"));
    specs.add(
        OptionSpec.choice(
                "windows", List.of("on"), "on", "whether smaller frames are shown in part of it")
            .orOff());
    specs.add(
        OptionSpec.integer(
            "unit", 1, 1000000, "1", "number of this unit; fixed patterns follow from it"));
    specs.add(
        OptionSpec.integer(
            "seed", Long.MIN_VALUE, Long.MAX_VALUE, "1", "seed of all random numbers"));
    specs.add(
        OptionSpec.choice(
            "calibration",
            List.of("nominal", "measured"),
            "nominal",
            "whether losses, flicker and shading were measured and are divided out"));
    specs.addAll(SlmParameters.specs());
    specs.addAll(BeamParameters.specs());
    specs.addAll(LensParameters.specs());
    specs.addAll(ReferenceParameters.specs());
    specs.addAll(SensorParameters.specs());
    return List.copyOf(specs);
  }

  /** The options of an ideal bench. */
  public static List<OptionSpec> specs() {
    return SPECS;
  }

  /** The options with a profile's values as defaults. */
  static List<OptionSpec> specs(Map<String, String> defaults) {
    List<OptionSpec> specs = new ArrayList<>();
    for (OptionSpec spec : SPECS) {
      specs.add(spec.defaultValue(defaults.getOrDefault(spec.name(), spec.defaultValue())));
    }
    return specs;
  }
}
