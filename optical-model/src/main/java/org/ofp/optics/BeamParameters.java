// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.List;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/**
 * Stage 2, the illumination of the modulator.
 *
 * @param wavelength metres
 * @param power watts on the active area
 * @param waist 1/e² radius of the Gaussian profile in metres, infinite if uniform
 * @param shiftX metres by which the profile lies off the axis, over the columns
 * @param shiftY metres, over the rows
 * @param pointing RMS tilt of the beam from frame to frame in radians, per axis
 * @param intensityNoise relative intensity noise in 1/Hz; variance RIN/(2t) per exposure t
 * @param drift relative peak of the slow drift of power
 * @param driftPeriod seconds of device time
 */
public record BeamParameters(
    double wavelength,
    double power,
    double waist,
    double shiftX,
    double shiftY,
    double pointing,
    double intensityNoise,
    double drift,
    double driftPeriod) {

  private static final List<OptionSpec> SPECS =
      List.of(
          OptionSpec.number("wavelength", "m", 1e-7, 1e-4, "633e-9", "wavelength of the source"),
          OptionSpec.number(
              "source.power", "W", 1e-15, 1e3, "1e-3", "optical power on the active area"),
          OptionSpec.number(
                  "source.rin", "1/Hz", 0, 1, "off", "relative intensity noise, one-sided")
              .orOff(),
          OptionSpec.number(
                  "source.drift",
                  "",
                  0,
                  0.9,
                  "off",
                  "relative peak of a slow sinusoidal drift of power with device time")
              .orOff(),
          OptionSpec.number(
              "source.drift-period", "s", 1e-3, 1e9, "3600", "period of the drift of power"),
          OptionSpec.number(
                  "beam.waist",
                  "m",
                  1e-7,
                  1e3,
                  "off",
                  "1/e² intensity radius of the Gaussian illumination; off: uniform")
              .orOff(),
          OptionSpec.number(
                  "beam.shift-x", "m", -1, 1, "off", "centre of the illumination, over the columns")
              .orOff(),
          OptionSpec.number(
                  "beam.shift-y", "m", -1, 1, "off", "centre of the illumination, over the rows")
              .orOff(),
          OptionSpec.number(
                  "beam.pointing",
                  "rad",
                  0,
                  1,
                  "off",
                  "RMS tilt of the beam from frame to frame, per axis")
              .orOff());

  static List<OptionSpec> specs() {
    return SPECS;
  }

  static BeamParameters of(Options options) {
    return new BeamParameters(
        options.number("wavelength"),
        options.number("source.power"),
        options.numberOr("beam.waist", Double.POSITIVE_INFINITY),
        options.numberOr("beam.shift-x", 0),
        options.numberOr("beam.shift-y", 0),
        options.numberOr("beam.pointing", 0),
        options.numberOr("source.rin", 0),
        options.numberOr("source.drift", 0),
        options.number("source.drift-period"));
  }

  void requireConsistent() {
    Contradictions.unless(
        waist < Double.POSITIVE_INFINITY || (shiftX == 0 && shiftY == 0),
        "beam.shift-x and beam.shift-y move a Gaussian profile; set beam.waist");
  }

  /** The same beam without noise and drift. */
  BeamParameters steady() {
    return new BeamParameters(wavelength, power, waist, shiftX, shiftY, 0, 0, 0, driftPeriod);
  }
}
