// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Locale;

/**
 * What decides how well a field survives its transform by light: how bright it is shown, and how
 * its spectrum's peak stands out. Of the part that light transforms: with a digital mean the mean,
 * or bin 0, does not count.
 *
 * <p>Taken from a field and its transform, from what a {@link TransformBatch} has measured, or
 * assumed for random fields. The first knows how all powers are spread; of the others only two
 * numbers are known, and powers are taken to be spread as in speckle, or, where the largest stands
 * out by more than 13 dB, as in spectra that fall with 1/f. Fields of a few bright pixels on a weak
 * ground are then far off: take those from a field. Immutable.
 */
@Experimental(since = "0.1")
public final class FrameStatistics {
  /**
   * Euler's constant: ln n + γ is about the expected largest of n exponential numbers of mean 1.
   */
  private static final double GAMMA = 0.5772;

  private final PowerSpread frame;
  private final double peak;

  /** Null where it is not known. */
  private final PowerSpread spectrum;

  private final double signal;
  private final double seen;
  private final double offAxis;
  private final double quadrature;

  /**
   * @param frame powers of what is shown
   * @param peak largest |F| at the detector over the RMS of what is shown
   * @param spectrum powers at the detector; null if they are not known
   * @param signal mean power of the field over that of what is shown
   * @param seen mean power at the detector over that of what is shown
   * @param offAxis share of the power that is neither real nor imaginary
   * @param quadrature largest quadrature at the detector over the largest |F| there
   */
  FrameStatistics(
      PowerSpread frame,
      double peak,
      PowerSpread spectrum,
      double signal,
      double seen,
      double offAxis,
      double quadrature) {
    this.frame = frame;
    this.peak = peak;
    this.spectrum = spectrum;
    this.signal = signal;
    this.seen = seen;
    this.offAxis = offAxis;
    this.quadrature = quadrature;
  }

  /**
   * Fields of which only two numbers are known.
   *
   * @param rms RMS magnitude of what is shown over its largest magnitude, above 0 to 1
   * @param peak largest |F| at the detector over the RMS magnitude of what is shown, at least 1
   */
  public static FrameStatistics of(double rms, double peak) {
    if (!(rms > 0 && rms <= 1) || !(peak >= 1 && peak < Double.POSITIVE_INFINITY)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "frame statistics with rms "
              + rms
              + " and peak "
              + peak
              + " are not possible: rms is above 0 and up to 1, the peak finite and at least 1");
    }
    PowerSpread frame = PowerSpread.ofMean(rms * rms);
    return new FrameStatistics(
        frame, peak, null, Double.NaN, Double.NaN, 1, AutoExposure.LARGER_QUADRATURE);
  }

  /** Fields of complex Gaussian noise, whose spectra are of the same kind. */
  public static FrameStatistics random(FrameShape shape) {
    double peak = Math.sqrt(largest(shape.pixels()));
    return of(1 / peak, peak);
  }

  /**
   * Fields as a batch has shown them. What it does not know (the peak, on a device that is not
   * metered) is taken as for random fields.
   *
   * @param statistics of at least one field that was not dark
   * @param shape of the fields
   */
  public static FrameStatistics of(TransformStatistics statistics, FrameShape shape) {
    double peak = statistics.peak();
    return of(
        Math.min(statistics.rms(), 1),
        Double.isNaN(peak) ? Math.sqrt(largest(shape.pixels())) : Math.max(peak, 1));
  }

  /**
   * One field, as it is.
   *
   * @param field before the transform
   * @param transform after it, exactly
   * @param calibration of the device, which knows of its shading
   * @param options say whether the mean is handled digitally
   * @param inverse whether it is the inverse transform
   * @throws DeviceException with {@link ErrorCode#INVALID_ARGUMENT} if nothing is left to be shown
   */
  public static FrameStatistics of(
      ComplexField field,
      ComplexField transform,
      Calibration calibration,
      TransformOptions options,
      boolean inverse) {
    return FieldMeasurement.of(
        field, transform, calibration.shading(), options.digitalMean(), inverse);
  }

  /** Expected largest of so many powers of mean 1 that are spread like those of speckle. */
  static double largest(int pixels) {
    return Math.max(1, Math.log(pixels) + GAMMA);
  }

  /** RMS magnitude of what is shown, over its largest magnitude. */
  public double rms() {
    return Math.sqrt(frame.mean());
  }

  /** Largest |F| at the detector over the RMS magnitude of what is shown. */
  public double peak() {
    return peak;
  }

  /** These statistics, with what is not known as it is in the mean over fields on such a bench. */
  FrameStatistics on(Shading shading, FrameShape shape) {
    if (spectrum != null) {
      return this;
    }
    double ofSignal = 1 / ShadingWeights.display(shape, shading, 2);
    double ofSeen = ofSignal * ShadingWeights.frequencies(shape, shading, -2);
    PowerSpread assumed = PowerSpread.ofMean(Math.min(1, ofSeen / (peak * peak)));
    return new FrameStatistics(frame, peak, assumed, ofSignal, ofSeen, offAxis, quadrature);
  }

  /** Powers of the pixels shown, over the largest. */
  PowerSpread frame() {
    return frame;
  }

  /** Powers at the detector, over the largest. */
  PowerSpread spectrum() {
    return spectrum;
  }

  /** Mean power of the field over that of what is shown. */
  double signal() {
    return signal;
  }

  /** Mean power at the detector over that of what is shown. */
  double seen() {
    return seen;
  }

  /** Share of the power on pixels that are neither real nor imaginary. */
  double offAxis() {
    return offAxis;
  }

  /** Largest quadrature at the detector over the largest magnitude there, √½ to 1. */
  double quadrature() {
    return quadrature;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "rms %.3g, peak %.3g", rms(), peak());
  }
}
