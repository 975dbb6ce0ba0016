// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.BufferKind;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.ComplexEncoding;
import org.ofp.device.DetectorNoise;
import org.ofp.device.Determinism;
import org.ofp.device.DeviceException;
import org.ofp.device.EnergyUse;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;
import org.ofp.device.ReadoutMode;
import org.ofp.device.Shading;

/**
 * What a simulated bench is: {@link BenchOptions} as numbers in SI units, stage by stage, and what
 * follows from them.
 *
 * @param frame the full frame
 * @param windows whether smaller frames are taken
 * @param unit number of this unit, which its fixed patterns follow from
 * @param seed of all random numbers
 * @param calibrated whether the calibration knows what can be measured of the bench
 */
public record BenchParameters(
    FrameShape frame,
    boolean windows,
    int unit,
    long seed,
    boolean calibrated,
    SlmParameters slm,
    BeamParameters beam,
    LensParameters lens,
    ReferenceParameters reference,
    SensorParameters sensor) {

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
            !options.isOff("windows"),
            options.integer("unit"),
            options.longInteger("seed"),
            options.text("calibration").equals("measured"),
            SlmParameters.of(options),
            BeamParameters.of(options),
            LensParameters.of(options),
            ReferenceParameters.of(options),
            SensorParameters.of(options));
    p.requireConsistent();
    return p;
  }

  private void requireConsistent() {
    slm.requireConsistent();
    beam.requireConsistent();
    reference.requireConsistent();
    sensor.requireConsistent(readout());
    Contradictions.unless(
        slm.modulation() != Modulation.PHASE_ONLY
            || slm.encoding() == ComplexEncoding.DOUBLE_PHASE
            || readout() == ReadoutMode.INTENSITY,
        "a phase-only modulator shows no complex frames: with readout = %s set slm.encoding ="
            + " double-phase, or set readout = intensity",
        readout() == ReadoutMode.COHERENT ? "coherent" : "four-step");
  }

  /**
   * The same bench without noise, drift of power, quantisation and memory, with windows: what is
   * left is its optics, for frames of any shape that fits.
   */
  public BenchParameters noiseless() {
    return new BenchParameters(
        frame,
        true,
        unit,
        seed,
        calibrated,
        slm.continuous(),
        beam.steady(),
        lens,
        reference.steady(),
        sensor.noiseless());
  }

  /**
   * The same bench with the pattern shifted further over the detector.
   *
   * @param x detector pixels towards larger columns
   * @param y detector pixels towards larger rows
   */
  public BenchParameters shifted(double x, double y) {
    return new BenchParameters(
        frame, windows, unit, seed, calibrated, slm, beam, lens.shifted(x, y), reference, sensor);
  }

  /** How the field becomes numbers. */
  public ReadoutMode readout() {
    return reference.readout();
  }

  /** Photons in an exposure on the whole active area: P·t·λ/(hc). */
  public double photons(double seconds) {
    return beam.power() * seconds * beam.wavelength() / HC;
  }

  /**
   * Electrons per second in a pixel with |F| = 1: a full frame of |a| = 1 delivers all of the
   * source's photons to one pixel with |F|² = rows·cols. A window takes its share of the beam, so
   * the figure is the same for windows.
   */
  public double electronsPerSecond() {
    double fill = sensor.fillFactor() == 0 ? 1 : sensor.fillFactor();
    return sensor.quantumEfficiency() * fill * photons(1) / frame.pixels();
  }

  /**
   * Field on the axis that reaches the sensor for a displayed |a| = 1 and a unitary transform of 1:
   * the modulating area's share times the illumination's.
   */
  public double axialTransmission() {
    double fill = slm.fillFactor() == 0 ? 1 : slm.fillFactor();
    return fill * Illumination.of(this).onAxis();
  }

  /** Share of the interference that visibility and flicker leave. */
  public double coherence() {
    return reference.visibility() * Bessel.j0(slm.flicker());
  }

  /** Largest digital number (magnitude, for a coherent readout) before clipping, at gain 1. */
  public double fullScale() {
    return fullScale(1);
  }

  /** Largest digital number at a readout's gain: the converter's range or the full well. */
  public double fullScale(double readoutGain) {
    return sensor.fullScale(readout(), readoutGain);
  }

  /** Whether results depend on what the device did before: its memory, its drift. */
  public boolean hasMemory() {
    return slm.settle() > 0 || beam.drift() > 0;
  }

  /** Whether reads repeat exactly. */
  public Determinism determinism() {
    boolean noisy =
        sensor.shotNoise()
            || sensor.readNoise() > 0
            || beam.intensityNoise() > 0
            || beam.pointing() > 0
            || reference.phaseNoise() > 0;
    return hasMemory() ? Determinism.NONE : noisy ? Determinism.SEEDED : Determinism.NOISELESS;
  }

  /** Pixel pitch in the detector plane in metres for a frame of {@code n} pixels: λf/(n·pitch). */
  public double detectorPitch(int n) {
    return beam.wavelength() * lens.focalLength() / (n * slm.pitch());
  }

  /** What this bench can do, for any backend that simulates it. */
  public Capabilities capabilities(BufferKind preferredBuffers) {
    return new Capabilities(
        frame,
        windows,
        slm.modulation(),
        slm.encoding(),
        slm.iqDrive() ? slm.iqBits() : slm.amplitudeBits(),
        slm.iqDrive() ? slm.iqBits() : slm.phaseBits(),
        readout(),
        sensor.adcBits(),
        sensor.minExposure(),
        sensor.maxExposure(),
        sensor.exposure(),
        slm.framePeriod(),
        sensor.readPeriod(),
        determinism(),
        preferredBuffers,
        new EnergyUse(beam.power(), slm.writeEnergy(), sensor.sampleEnergy()),
        OpticalFourierDevice.API_LEVEL);
  }

  /**
   * How counts relate to the field. The nominal calibration follows from the values that the bench
   * was designed to (power, gain, reference, visibility) and knows nothing else. The measured one
   * knows the light that really arrives on the axis, what flicker leaves of the fringes, and the
   * smooth shading of both planes. Errors (of the reference's steps, of the response, of the
   * wavefront) are in neither.
   */
  public Calibration calibration() {
    double transmission = calibrated ? axialTransmission() : 1;
    double coherent = calibrated ? coherence() : reference.visibility();
    double perField = sensor.gain() * electronsPerSecond();
    double quantisation = sensor.adcBits() == 0 ? 0 : 1 / 12.0;
    double read = sensor.gain() * sensor.readNoise();
    boolean beats = readout() == ReadoutMode.COHERENT;
    return new Calibration(
        calibrated ? "measured" : "nominal",
        beats
            ? perField * reference.amplitude() * transmission * coherent
            : perField * transmission * transmission,
        readout() == ReadoutMode.FOUR_STEP ? reference.amplitude() / transmission : 0,
        readout() == ReadoutMode.FOUR_STEP ? coherent : 1,
        sensor.blackLevel(),
        fullScale(),
        new DetectorNoise(
            sensor.shotNoise() && !beats ? sensor.gain() : 0,
            Math.sqrt(read * read + quantisation)),
        calibrated
            ? new Shading(slm.fillFactor(), sensor.fillFactor(), beam.waist() / slm.pitch())
            : Shading.none());
  }
}
