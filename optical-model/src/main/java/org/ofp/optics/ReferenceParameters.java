// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.List;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.ReadoutMode;

/**
 * Stage 5, the reference beam (the local oscillator of a coherent receiver) and the readout.
 *
 * @param readout how the field becomes numbers
 * @param amplitude nominal, in units of F
 * @param gainError relative error of the amplitude, unknown to the calibration
 * @param stepError radians too many per step of π/2
 * @param phaseError radians by which every phase is off
 * @param phaseNoise radians RMS from read to read
 * @param drift radians per second since the frame was loaded
 * @param visibility of the fringes, above 0 to 1
 * @param iqGainError relative gain of Q over I
 * @param iqPhaseError radians by which Q is off the quadrature of I
 */
public record ReferenceParameters(
    ReadoutMode readout,
    double amplitude,
    double gainError,
    double stepError,
    double phaseError,
    double phaseNoise,
    double drift,
    double visibility,
    double iqGainError,
    double iqPhaseError) {

  private static final List<OptionSpec> SPECS =
      List.of(
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
          OptionSpec.number(
                  "reference.gain-error", "", -0.9, 9, "off", "relative error of that amplitude")
              .orOff(),
          OptionSpec.number(
                  "reference.step-error", "rad", -1.6, 1.6, "off", "error of each step of π/2")
              .orOff(),
          OptionSpec.number(
                  "reference.phase-error", "rad", -6.3, 6.3, "off", "error of every phase alike")
              .orOff(),
          OptionSpec.number(
                  "reference.phase-noise", "rad", 0, 10, "off", "RMS error from read to read")
              .orOff(),
          OptionSpec.number(
                  "reference.drift",
                  "rad/s",
                  -1e9,
                  1e9,
                  "off",
                  "drift of the phase since the frame was loaded")
              .orOff(),
          OptionSpec.number("reference.visibility", "", 1e-3, 1, "off", "fringe visibility; off: 1")
              .orOff(),
          OptionSpec.number("iq.gain-error", "", -0.9, 9, "off", "relative gain of Q over I")
              .orOff(),
          OptionSpec.number(
                  "iq.phase-error", "rad", -1.5, 1.5, "off", "error of the quadrature of Q")
              .orOff());

  static List<OptionSpec> specs() {
    return SPECS;
  }

  static ReferenceParameters of(Options options) {
    return new ReferenceParameters(
        switch (options.text("readout")) {
          case "coherent" -> ReadoutMode.COHERENT;
          case "four-step" -> ReadoutMode.FOUR_STEP;
          default -> ReadoutMode.INTENSITY;
        },
        options.number("reference.amplitude"),
        options.numberOr("reference.gain-error", 0),
        options.numberOr("reference.step-error", 0),
        options.numberOr("reference.phase-error", 0),
        options.numberOr("reference.phase-noise", 0),
        options.numberOr("reference.drift", 0),
        options.numberOr("reference.visibility", 1),
        options.numberOr("iq.gain-error", 0),
        options.numberOr("iq.phase-error", 0));
  }

  void requireConsistent() {
    Contradictions.unless(
        readout == ReadoutMode.COHERENT || (iqGainError == 0 && iqPhaseError == 0),
        "iq.gain-error and iq.phase-error are for readout = coherent");
    Contradictions.unless(
        readout == ReadoutMode.FOUR_STEP || stepError == 0,
        "reference.step-error is for readout = four-step");
  }

  /** The same reference without noise. */
  ReferenceParameters steady() {
    return new ReferenceParameters(
        readout,
        amplitude,
        gainError,
        stepError,
        phaseError,
        0,
        drift,
        visibility,
        iqGainError,
        iqPhaseError);
  }
}
