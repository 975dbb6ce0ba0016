// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * How to read the detector once.
 *
 * @param exposure seconds, within the device's range
 * @param gain analogue gain, above 0; 1 unless the device says otherwise
 * @param referenceOn whether the reference beam is let through; ignored by a coherent readout,
 *     whose local oscillator is always on
 * @param referencePhase phase of the reference in radians, finite
 */
@Stable(since = "0.1")
public record Readout(double exposure, double gain, boolean referenceOn, double referencePhase) {
  public Readout {
    if (!(exposure > 0 && exposure < Double.POSITIVE_INFINITY)
        || !(gain > 0 && gain < Double.POSITIVE_INFINITY)
        || !Double.isFinite(referencePhase)) {
      throw new DeviceException(
          ErrorCode.INADMISSIBLE_READOUT,
          "a readout with exposure "
              + exposure
              + " s, gain "
              + gain
              + " and reference phase "
              + referencePhase
              + " rad is not possible; the first two must be above 0, all three finite");
    }
  }

  /** A read with the reference blocked: intensity, or both quadratures of a coherent device. */
  public static Readout plain(double exposure) {
    return new Readout(exposure, 1, false, 0);
  }

  /** A read with the reference beam at the given phase in radians. */
  public static Readout withReference(double exposure, double phase) {
    return new Readout(exposure, 1, true, phase);
  }

  /** This readout with another exposure in seconds. */
  public Readout exposure(double seconds) {
    return seconds == exposure ? this : new Readout(seconds, gain, referenceOn, referencePhase);
  }

  /**
   * Checks the exposure against a device's range.
   *
   * @throws DeviceException with {@link ErrorCode#INADMISSIBLE_READOUT}
   */
  public void requireWithin(Capabilities capabilities) {
    if (exposure < capabilities.minExposure() || exposure > capabilities.maxExposure()) {
      throw new DeviceException(
          ErrorCode.INADMISSIBLE_READOUT,
          "exposure "
              + exposure
              + " s is outside this device's range of "
              + capabilities.minExposure()
              + " to "
              + capabilities.maxExposure()
              + " s");
    }
    if (referenceOn && capabilities.readout() == ReadoutMode.INTENSITY) {
      throw new DeviceException(
          ErrorCode.INADMISSIBLE_READOUT,
          "this device has no reference beam; read it with the reference off");
    }
  }
}
