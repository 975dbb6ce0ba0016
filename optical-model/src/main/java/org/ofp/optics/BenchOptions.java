// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ofp.device.OptionSpec;

/**
 * Every parameter of a simulated bench, in the light's order, as data: the keys of a profile file
 * and the options of a {@code sim:} address. The defaults are those of the {@code ideal} bench.
 */
public final class BenchOptions {
  private static final List<OptionSpec> SPECS =
      List.of(
          OptionSpec.integer("rows", 1, 8192, "4096", "SLM and detector rows"),
          OptionSpec.integer("cols", 1, 8192, "4096", "SLM and detector columns"),
          OptionSpec.integer(
              "seed", Long.MIN_VALUE, Long.MAX_VALUE, "1", "seed of all random numbers"),
          OptionSpec.number("wavelength", "m", 1e-7, 1e-4, "633e-9", "wavelength of the source"),
          OptionSpec.number("focal-length", "m", 1e-4, 100, "0.1", "focal length of the lens"),
          OptionSpec.number("pitch", "m", 1e-8, 1e-2, "8e-6", "SLM pixel pitch"),
          OptionSpec.integer("slm.amplitude-bits", 1, 16, "off", "bits of the amplitude drive")
              .orOff(),
          OptionSpec.integer("slm.phase-bits", 1, 16, "off", "bits of the phase drive, over 2π")
              .orOff(),
          OptionSpec.number(
              "slm.frame-period", "s", 0, 100, "1e-3", "time to load a frame and let it settle"),
          OptionSpec.number(
              "source.power", "W", 1e-15, 1e3, "1e-3", "optical power on the active area"),
          OptionSpec.choice(
              "readout",
              List.of("coherent", "four-step", "intensity"),
              "coherent",
              "I/Q hybrid, stepped reference beam, or square-law sensor alone"),
          OptionSpec.number(
              "reference.amplitude",
              "",
              1e-6,
              1e6,
              "1",
              "reference beam amplitude in units of the unitary field"),
          OptionSpec.number("sensor.qe", "", 1e-3, 1, "1", "quantum efficiency"),
          OptionSpec.number(
              "sensor.exposure", "s", 1e-12, 1e3, "1e-3", "exposure where none is asked for"),
          OptionSpec.number("sensor.min-exposure", "s", 1e-15, 1e3, "1e-15", "shortest exposure"),
          OptionSpec.number("sensor.max-exposure", "s", 1e-12, 1e3, "1e3", "longest exposure"),
          OptionSpec.number(
              "sensor.read-period", "s", 0, 100, "1e-3", "time of a read besides its exposure"),
          OptionSpec.choice(
                  "sensor.shot-noise", List.of("on"), "off", "Poisson statistics of light")
              .orOff(),
          OptionSpec.number(
                  "sensor.read-noise", "electrons", 0, 1e6, "off", "RMS noise of the read")
              .orOff(),
          OptionSpec.number(
                  "sensor.full-well", "electrons", 1, 1e12, "off", "electrons a pixel can hold")
              .orOff(),
          OptionSpec.number(
              "sensor.gain", "DN/electron", 1e-12, 1e12, "1", "digital numbers per electron"),
          OptionSpec.number(
              "sensor.black-level", "DN", 0, 65535, "0", "digital number of the dark"),
          OptionSpec.integer(
                  "adc.bits", 2, 24, "off", "bits of the converter, signed for a coherent readout")
              .orOff());

  private BenchOptions() {}

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
