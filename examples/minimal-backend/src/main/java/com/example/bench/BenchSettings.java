// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

import java.time.Duration;
import java.util.List;
import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceDescription;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.PhysicalParameter;
import org.ofp.device.ReadoutMode;

/**
 * What the options say, and what the device declares in consequence.
 *
 * @param options checked by the SDK against {@link #SPECS}
 */
record BenchSettings(Options options) {
  /** Options are data: the SDK checks values, fills defaults in, and lists them for people. */
  static final List<OptionSpec> SPECS =
      List.of(
          OptionSpec.choice(
              "readout", List.of("coherent", "four-step"), "coherent", "I/Q receiver, or camera"),
          OptionSpec.integer("adc.bits", 8, 14, "12", "bits of the converter"),
          OptionSpec.choice(
              "pace", List.of("virtual", "real"), "virtual", "whether exposures take their time"),
          OptionSpec.integer(
              "patterns", 1, Instrument.SLOTS, "1", "patterns uploaded ahead, 1 for none"),
          OptionSpec.number(
              "watchdog", "s", 1, 3600, "10", "silence after which the bench is made dark"));

  boolean coherent() {
    return options.text("readout").equals("coherent");
  }

  int adcBits() {
    return options.integer("adc.bits");
  }

  int patterns() {
    return options.integer("patterns");
  }

  /** Longer than any verb takes, exposures of {@link Instrument#MAX_EXPOSURE} included. */
  Duration watchdog() {
    return Duration.ofNanos(Math.round(options.number("watchdog") * 1e9));
  }

  Instrument connect() {
    return new Instrument(coherent(), adcBits(), options.text("pace").equals("real"));
  }

  DeviceDescription describe(String body, String driver) {
    List<PhysicalParameter> parameters =
        options.specs().stream()
            .map(spec -> new PhysicalParameter(spec.name(), spec.defaultValue(), spec.unit()))
            .toList();
    return new DeviceDescription(
        "minimal:" + body, "made-up bench", driver, capabilities(), calibration(), parameters);
  }

  /** What the layers above need in order to plan for this bench. */
  private Capabilities capabilities() {
    return new Capabilities(
        new FrameShape(Instrument.MAX_SIDE, Instrument.MAX_SIDE),
        true, // smaller frames too
        Modulation.COMPLEX,
        0, // amplitudes are continuous,
        0, // and so are phases
        coherent() ? ReadoutMode.COHERENT : ReadoutMode.FOUR_STEP,
        adcBits(),
        Instrument.MIN_EXPOSURE,
        Instrument.MAX_EXPOSURE,
        1e-3, // seconds where nobody asks for another exposure
        Instrument.UPLOAD_SECONDS + Instrument.SETTLE_SECONDS,
        Instrument.READ_SECONDS,
        Determinism.NOISELESS,
        BufferKind.HEAP,
        OpticalFourierDevice.API_LEVEL);
  }

  /** How counts relate to the field: this maker measures it, and states it in the data sheet. */
  private Calibration calibration() {
    return new Calibration(
        "data-sheet",
        Instrument.SENSITIVITY,
        coherent() ? 0 : Instrument.REFERENCE,
        coherent() ? 1 : Instrument.VISIBILITY,
        coherent() ? 0 : Instrument.BLACK_LEVEL,
        Instrument.fullScale(coherent(), adcBits()));
  }
}
