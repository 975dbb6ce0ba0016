// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;
import org.ofp.device.ReadoutMode;

/**
 * What a simulated bench is: {@link BenchOptions} as numbers in SI units, and what follows from
 * them. Zero stands for "off" in the bits and noises, infinity in the full well.
 */
public record BenchParameters(
    FrameShape frame,
    long seed,
    double wavelength,
    double focalLength,
    double pitch,
    int amplitudeBits,
    int phaseBits,
    double framePeriod,
    double sourcePower,
    ReadoutMode readout,
    double referenceAmplitude,
    double quantumEfficiency,
    double exposure,
    double minExposure,
    double maxExposure,
    double readPeriod,
    boolean shotNoise,
    double readNoise,
    double fullWell,
    double gain,
    double blackLevel,
    int adcBits) {

  /** Planck's constant times the speed of light, in J·m (exact in the SI of 2019). */
  private static final double HC = 6.62607015e-34 * 299792458.0;

  /**
   * Reads checked options.
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_OPTION} if they contradict each other
   */
  public static BenchParameters of(Options options) {
    BenchParameters p =
        new BenchParameters(
            new FrameShape(options.integer("rows"), options.integer("cols")),
            options.longInteger("seed"),
            options.number("wavelength"),
            options.number("focal-length"),
            options.number("pitch"),
            options.integerOr("slm.amplitude-bits", 0),
            options.integerOr("slm.phase-bits", 0),
            options.number("slm.frame-period"),
            options.number("source.power"),
            switch (options.text("readout")) {
              case "coherent" -> ReadoutMode.COHERENT;
              case "four-step" -> ReadoutMode.FOUR_STEP;
              default -> ReadoutMode.INTENSITY;
            },
            options.number("reference.amplitude"),
            options.number("sensor.qe"),
            options.number("sensor.exposure"),
            options.number("sensor.min-exposure"),
            options.number("sensor.max-exposure"),
            options.number("sensor.read-period"),
            !options.isOff("sensor.shot-noise"),
            options.numberOr("sensor.read-noise", 0),
            options.numberOr("sensor.full-well", Double.POSITIVE_INFINITY),
            options.number("sensor.gain"),
            options.number("sensor.black-level"),
            options.integerOr("adc.bits", 0));
    p.requireConsistent();
    return p;
  }

  private void requireConsistent() {
    if (minExposure > maxExposure || exposure < minExposure || exposure > maxExposure) {
      throw contradiction(
          "sensor.exposure = "
              + exposure
              + " s must lie between sensor.min-exposure = "
              + minExposure
              + " s and sensor.max-exposure = "
              + maxExposure
              + " s");
    }
    if (blackLevel >= fullScale()) {
      throw contradiction(
          "sensor.black-level = "
              + blackLevel
              + " DN must be below the full scale of "
              + fullScale()
              + " DN that adc.bits = "
              + adcBits
              + " gives");
    }
    if (readout == ReadoutMode.COHERENT && blackLevel != 0) {
      throw contradiction("a coherent readout is balanced: set sensor.black-level to 0");
    }
  }

  private static DeviceException contradiction(String message) {
    return new DeviceException(ErrorCode.INVALID_OPTION, message);
  }

  /** Photons in an exposure on the whole active area: P·t·λ/(hc). */
  public double photons(double seconds) {
    return sourcePower * seconds * wavelength / HC;
  }

  /**
   * Electrons per second in a pixel with |F| = 1: a full frame of |a| = 1 delivers all of the
   * source's photons to one pixel with |F|² = rows·cols. A window takes its share of the beam, so
   * the figure is the same for windows.
   */
  public double electronsPerSecond() {
    return quantumEfficiency * photons(1) / frame.pixels();
  }

  /**
   * Digital numbers per second for |F| = 1. A coherent receiver gives the beat with a local
   * oscillator of {@link #referenceAmplitude}.
   */
  public double sensitivity() {
    return gain * electronsPerSecond() * (readout == ReadoutMode.COHERENT ? referenceAmplitude : 1);
  }

  /** Largest digital number (magnitude, for a coherent readout) before clipping, at gain 1. */
  public double fullScale() {
    return fullScale(1);
  }

  /** Largest digital number at a readout's gain: the converter's range or the full well. */
  public double fullScale(double readoutGain) {
    double codes =
        adcBits == 0
            ? Double.POSITIVE_INFINITY
            : readout == ReadoutMode.COHERENT ? (1L << (adcBits - 1)) - 1 : (1L << adcBits) - 1;
    double well = readoutGain * gain * fullWell + blackLevel;
    return Math.min(codes, adcBits == 0 ? well : Math.floor(well + 0.5));
  }

  /** Whether reads repeat exactly. */
  public Determinism determinism() {
    return shotNoise || readNoise > 0 ? Determinism.SEEDED : Determinism.NOISELESS;
  }

  /** Pixel pitch in the detector plane in metres for a frame of {@code n} pixels: λf/(n·pitch). */
  public double detectorPitch(int n) {
    return wavelength * focalLength / (n * pitch);
  }

  /** What this bench can do, for any backend that simulates it. */
  public Capabilities capabilities(BufferKind preferredBuffers) {
    return new Capabilities(
        frame,
        true,
        Modulation.COMPLEX,
        amplitudeBits,
        phaseBits,
        readout,
        adcBits,
        minExposure,
        maxExposure,
        exposure,
        framePeriod,
        readPeriod,
        determinism(),
        preferredBuffers,
        OpticalFourierDevice.API_LEVEL);
  }

  /** The nominal calibration of this bench. */
  public Calibration calibration(String id) {
    return new Calibration(
        id,
        sensitivity(),
        readout == ReadoutMode.INTENSITY ? 0 : referenceAmplitude,
        1,
        blackLevel,
        fullScale());
  }
}
