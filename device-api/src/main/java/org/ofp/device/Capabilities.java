// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Objects;

/**
 * What a device can do, as data: everything that the layers above need in order to plan for it.
 *
 * @param maxFrame the full frame
 * @param windows whether any smaller frame is accepted too: a centred window on the SLM, sampled at
 *     the window's own DFT pitch at the detector, at one frame's time
 * @param modulation which amplitudes can be shown
 * @param complexEncoding how complex fields are put on it
 * @param amplitudeBits bits of the amplitude drive, 0 if continuous
 * @param phaseBits bits of the phase drive, 0 if continuous
 * @param readout how the field is read
 * @param adcBits bits of the converter, 0 if the readout is not quantised
 * @param minExposure shortest exposure in seconds
 * @param maxExposure longest exposure in seconds
 * @param defaultExposure exposure in seconds where nobody asks for another
 * @param framePeriod seconds from one frame to the next without the reads: load, settle
 * @param readPeriod seconds of one read without its exposure: reference step, readout
 * @param determinism what repeating a frame gives
 * @param preferredBuffers the kind of buffer that saves a copy
 * @param energy what it consumes
 * @param apiLevel the {@link OpticalFourierDevice#API_LEVEL} the driver was written for
 */
@Stable(since = "0.1")
public record Capabilities(
    FrameShape maxFrame,
    boolean windows,
    Modulation modulation,
    ComplexEncoding complexEncoding,
    int amplitudeBits,
    int phaseBits,
    ReadoutMode readout,
    int adcBits,
    double minExposure,
    double maxExposure,
    double defaultExposure,
    double framePeriod,
    double readPeriod,
    Determinism determinism,
    BufferKind preferredBuffers,
    EnergyUse energy,
    int apiLevel) {

  public Capabilities {
    Objects.requireNonNull(energy);
    boolean direct = complexEncoding == ComplexEncoding.DIRECT;
    if (direct != (modulation == Modulation.COMPLEX)
        || (complexEncoding == ComplexEncoding.DOUBLE_PHASE
            && modulation != Modulation.PHASE_ONLY)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "a modulator that is "
              + modulation
              + " cannot show complex fields by the encoding "
              + complexEncoding
              + "; DIRECT is for COMPLEX, DOUBLE_PHASE for PHASE_ONLY");
    }
  }

  /** The capabilities of a device whose modulator needs no encoding and whose energy is unknown. */
  public Capabilities(
      FrameShape maxFrame,
      boolean windows,
      Modulation modulation,
      int amplitudeBits,
      int phaseBits,
      ReadoutMode readout,
      int adcBits,
      double minExposure,
      double maxExposure,
      double defaultExposure,
      double framePeriod,
      double readPeriod,
      Determinism determinism,
      BufferKind preferredBuffers,
      int apiLevel) {
    this(
        maxFrame,
        windows,
        modulation,
        modulation == Modulation.COMPLEX ? ComplexEncoding.DIRECT : ComplexEncoding.NONE,
        amplitudeBits,
        phaseBits,
        readout,
        adcBits,
        minExposure,
        maxExposure,
        defaultExposure,
        framePeriod,
        readPeriod,
        determinism,
        preferredBuffers,
        EnergyUse.unknown(),
        apiLevel);
  }

  /** Seconds that a frame takes on the device: load and settle, then the reads. */
  public double frameSeconds(int reads, double exposure) {
    return framePeriod + reads * (readPeriod + exposure);
  }

  /** Joules that a frame takes: light while it is exposed, pixels written, values digitised. */
  public double frameJoules(FrameShape shape, int reads, double exposure) {
    double pixels = shape.pixels();
    return energy.sourcePower() * reads * exposure
        + energy.writeEnergy() * pixels
        + energy.sampleEnergy() * pixels * reads * readout.planes();
  }

  /** Whether a frame of this shape can be loaded. */
  public boolean accepts(FrameShape shape) {
    return windows ? shape.fitsIn(maxFrame) : shape.equals(maxFrame);
  }

  /**
   * The exposure within the device's range that comes nearest.
   *
   * @param seconds any number; NaN gives the shortest exposure
   */
  public double clampExposure(double seconds) {
    return seconds > minExposure ? Math.min(seconds, maxExposure) : minExposure;
  }
}
