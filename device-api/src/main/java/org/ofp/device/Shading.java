// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The smooth known shading of a bench in both planes, as {@link FourierTransformer} divides it out.
 * With n the distance from the axis in pixels, N the frame's pixels along an axis, and sinc x = sin
 * πx/πx,
 *
 * <ul>
 *   <li>the displayed amplitude is weighted by {@code sinc(√sensorFillFactor·n/N)} per axis, which
 *       is what integrating the field over detector pixels comes to, and by {@code
 *       exp(−(n/beamWaist)²)} per axis, the illumination;
 *   <li>the field at frequency k by {@code sinc(√slmFillFactor·k/N)} per axis, the diffraction of
 *       one SLM pixel.
 * </ul>
 *
 * All weights are 1 on the axis, where {@link Calibration#sensitivity} holds.
 *
 * @param slmFillFactor share of an SLM pixel's area that modulates, 0 (point-like) to 1
 * @param sensorFillFactor share of a detector pixel's area that collects light, 0 to 1
 * @param beamWaist 1/e² radius of the illumination in SLM pixels, above 0; infinite if uniform
 */
@Stable(since = "0.1")
public record Shading(double slmFillFactor, double sensorFillFactor, double beamWaist) {
  private static final Shading NONE = new Shading(0, 0, Double.POSITIVE_INFINITY);

  public Shading {
    if (!(slmFillFactor >= 0 && slmFillFactor <= 1)
        || !(sensorFillFactor >= 0 && sensorFillFactor <= 1)
        || !(beamWaist > 0)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "fill factors "
              + slmFillFactor
              + " and "
              + sensorFillFactor
              + " must lie in [0, 1], the beam waist "
              + beamWaist
              + " above 0 pixels");
    }
  }

  /** No shading. */
  public static Shading none() {
    return NONE;
  }
}
