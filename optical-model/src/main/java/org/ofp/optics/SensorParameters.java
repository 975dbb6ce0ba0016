// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.List;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;
import org.ofp.device.ReadoutMode;

/**
 * Stages 4 and 6, the detector's pixels and the sensor after EMVA 1288.
 *
 * @param quantumEfficiency electrons per photon on the light-sensitive area
 * @param fillFactor light-sensitive share of a pixel's area, 0 for point sampling
 * @param exposure seconds where none is asked for
 * @param minExposure shortest, seconds
 * @param maxExposure longest, seconds
 * @param readPeriod seconds of a read besides its exposure
 * @param shotNoise whether light comes in photons
 * @param readNoise RMS electrons
 * @param temperature kelvin
 * @param darkCurrent electrons per second at the sensor's temperature
 * @param responseNonUniformity PRNU, relative standard deviation
 * @param darkNonUniformity DSNU, standard deviation in electrons
 * @param fullWell electrons, infinite if unlimited
 * @param gain digital numbers per electron
 * @param blackLevel digital number of the dark
 * @param adcBits 0 if not quantised
 * @param sampleEnergy joules per value digitised
 */
public record SensorParameters(
    double quantumEfficiency,
    double fillFactor,
    double exposure,
    double minExposure,
    double maxExposure,
    double readPeriod,
    boolean shotNoise,
    double readNoise,
    double temperature,
    double darkCurrent,
    double responseNonUniformity,
    double darkNonUniformity,
    double fullWell,
    double gain,
    double blackLevel,
    int adcBits,
    double sampleEnergy) {

  private static final List<OptionSpec> SPECS =
      List.of(
          OptionSpec.number("sensor.qe", "", 1e-3, 1, "1", "quantum efficiency"),
          OptionSpec.number(
                  "sensor.fill-factor",
                  "",
                  0.01,
                  1,
                  "off",
                  "light-sensitive share of a pixel; off: point sampling, no light lost")
              .orOff(),
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
                  "sensor.dark-current",
                  "electrons/s",
                  0,
                  1e12,
                  "off",
                  "dark current at sensor.dark-temperature")
              .orOff(),
          OptionSpec.number("sensor.temperature", "K", 1, 1000, "293.15", "of the sensor"),
          OptionSpec.number(
              "sensor.dark-temperature",
              "K",
              1,
              1000,
              "293.15",
              "where the dark current was taken"),
          OptionSpec.number(
              "sensor.dark-doubling", "K", 1, 100, "8", "warming that doubles the dark current"),
          OptionSpec.number(
                  "sensor.prnu", "", 0, 0.5, "off", "photo response non-uniformity, RMS, fixed")
              .orOff(),
          OptionSpec.number(
                  "sensor.dsnu",
                  "electrons",
                  0,
                  1e6,
                  "off",
                  "dark signal non-uniformity, RMS, fixed")
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
              .orOff(),
          OptionSpec.number(
                  "adc.sample-energy", "J", 0, 1, "off", "energy of a conversion; off: unknown")
              .orOff());

  static List<OptionSpec> specs() {
    return SPECS;
  }

  static SensorParameters of(Options options) {
    double warming =
        (options.number("sensor.temperature") - options.number("sensor.dark-temperature"))
            / options.number("sensor.dark-doubling");
    return new SensorParameters(
        options.number("sensor.qe"),
        options.numberOr("sensor.fill-factor", 0),
        options.number("sensor.exposure"),
        options.number("sensor.min-exposure"),
        options.number("sensor.max-exposure"),
        options.number("sensor.read-period"),
        !options.isOff("sensor.shot-noise"),
        options.numberOr("sensor.read-noise", 0),
        options.number("sensor.temperature"),
        options.numberOr("sensor.dark-current", 0) * Math.pow(2, warming),
        options.numberOr("sensor.prnu", 0),
        options.numberOr("sensor.dsnu", 0),
        options.numberOr("sensor.full-well", Double.POSITIVE_INFINITY),
        options.number("sensor.gain"),
        options.number("sensor.black-level"),
        options.integerOr("adc.bits", 0),
        options.numberOr("adc.sample-energy", 0));
  }

  void requireConsistent(ReadoutMode readout) {
    Contradictions.unless(
        minExposure <= exposure && exposure <= maxExposure,
        "sensor.exposure = %s s must lie between sensor.min-exposure = %s s and"
            + " sensor.max-exposure = %s s",
        exposure,
        minExposure,
        maxExposure);
    Contradictions.unless(
        blackLevel < fullScale(readout, 1),
        "sensor.black-level = %s DN must be below the full scale of %s DN that adc.bits = %s gives",
        blackLevel,
        fullScale(readout, 1),
        adcBits);
    Contradictions.unless(
        readout != ReadoutMode.COHERENT || blackLevel == 0,
        "a coherent readout is balanced: set sensor.black-level to 0");
    Contradictions.unless(
        darkCurrent <= 1e12,
        "the dark current at sensor.temperature would be %s electrons/s; at most 1e12 are possible",
        darkCurrent);
  }

  /** Largest digital number at a readout's gain: the converter's range or the full well. */
  double fullScale(ReadoutMode readout, double readoutGain) {
    double codes =
        adcBits == 0
            ? Double.POSITIVE_INFINITY
            : readout == ReadoutMode.COHERENT ? (1L << (adcBits - 1)) - 1 : (1L << adcBits) - 1;
    double well = readoutGain * gain * fullWell + blackLevel;
    return Math.min(codes, adcBits == 0 ? well : Math.floor(well + 0.5));
  }

  /** The same sensor without noise, converter and full well. */
  SensorParameters noiseless() {
    return new SensorParameters(
        quantumEfficiency,
        fillFactor,
        exposure,
        minExposure,
        maxExposure,
        readPeriod,
        false,
        0,
        temperature,
        darkCurrent,
        responseNonUniformity,
        darkNonUniformity,
        Double.POSITIVE_INFINITY,
        gain,
        blackLevel,
        0,
        sampleEnergy);
  }
}
