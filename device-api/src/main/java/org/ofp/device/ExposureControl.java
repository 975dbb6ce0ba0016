// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Who sets the exposure of a frame's readouts. Data, so that it can travel to a remote device; the
 * rules themselves are {@link Metering} and {@link AutoExposure}.
 *
 * <p>With automatic exposure the first readout of a frame gets the metered exposure, at which the
 * brightest pixel reaches the target, and the others get theirs in the ratio of the readouts' own
 * exposures to the first's, within the device's range. A read with the reference of a square-law
 * sensor is never longer than the reference alone would need to reach the target: beyond that every
 * pixel saturates.
 *
 * @param automatic whether each frame is metered first; otherwise the readouts' own exposures hold
 * @param target share of the full scale that the brightest pixel is to reach, above 0 to 1
 */
@Stable(since = "0.1")
public record ExposureControl(boolean automatic, double target) {
  /** The usual target: the margin is for noise. */
  public static final double DEFAULT_TARGET = 0.8;

  public ExposureControl {
    if (!(target > 0 && target <= 1)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT, "exposure target " + target + " must be above 0 and up to 1");
    }
  }

  /** The readouts' own exposures. */
  public static ExposureControl fixed() {
    return new ExposureControl(false, DEFAULT_TARGET);
  }

  /** Meter every frame and aim at the given share of the full scale. */
  public static ExposureControl auto(double target) {
    return new ExposureControl(true, target);
  }
}
