// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The exposures of a frame's readouts: {@link Metering} finds what its brightest pixel allows, and
 * {@link ExposureControl} says what follows for each readout.
 */
@Experimental(since = "0.1")
public final class AutoExposure {
  /** Mean of max(|cos|, |sin|), 2√2/π. */
  static final double LARGER_QUADRATURE = 0.9003;

  private AutoExposure() {}

  /**
   * The longest exposure at which a frame surely does not clip: by Parseval no |F| exceeds the
   * frame's L2 norm.
   *
   * @param norm L2 norm of the displayed amplitudes
   * @param target share of the full scale to reach
   * @return seconds, not yet clamped to the device's range; infinite for a dark frame
   */
  public static double firstExposure(
      double norm, double target, Capabilities capabilities, Calibration calibration) {
    double brightest = capabilities.readout() == ReadoutMode.COHERENT ? norm : norm * norm;
    return target
        * (calibration.fullScale() - calibration.blackLevel())
        / (calibration.sensitivity() * brightest);
  }

  /**
   * The exposure of one readout of a metered frame, see {@link ExposureControl}.
   *
   * @param first the frame's first readout
   * @param metered seconds, as {@link #meter} found them
   * @return seconds, within the device's range
   */
  public static double of(
      Readout readout,
      Readout first,
      double metered,
      ExposureControl control,
      Capabilities capabilities,
      Calibration calibration) {
    double seconds = metered * (readout.exposure() / first.exposure());
    if (capabilities.readout() == ReadoutMode.FOUR_STEP && readout.referenceOn()) {
      double r = calibration.referenceAmplitude();
      double range = range(control, capabilities, calibration);
      seconds = Math.min(seconds, exposureFor(r, range, calibration, false));
    }
    return capabilities.clampExposure(seconds);
  }

  /**
   * Meters the frame at the detector, see {@link Metering}.
   *
   * @param reader the device, with the frame loaded and transformed
   * @param scratch overwritten
   * @param control the target
   * @param firstExposure seconds at which no pixel should clip; the first read may be longer
   * @param capabilities the device's
   * @param calibration the device's
   * @return seconds, within the device's range
   */
  public static double meter(
      DetectorReader reader,
      DetectorFrame scratch,
      ExposureControl control,
      double firstExposure,
      Capabilities capabilities,
      Calibration calibration) {
    return meter(
        PeakReader.of(reader, scratch),
        scratch.shape().pixels(),
        control,
        firstExposure,
        capabilities,
        calibration);
  }

  /**
   * As {@link #meter(DetectorReader, DetectorFrame, ExposureControl, double, Capabilities,
   * Calibration)}, by a reader of peaks.
   *
   * @param pixels of the frame
   */
  public static double meter(
      PeakReader reader,
      int pixels,
      ExposureControl control,
      double firstExposure,
      Capabilities capabilities,
      Calibration calibration) {
    Metering metering = new Metering(pixels, control, firstExposure, capabilities, calibration);
    while (!metering.isDone()) {
      metering.observe(reader.read(Readout.plain(metering.exposure())));
    }
    return metering.result();
  }

  /**
   * The largest |F| that a metered exposure is for: of a coherent readout about, as it measures
   * quadratures, of which the larger one is {@value #LARGER_QUADRATURE} of |F| on average over the
   * phases. Of a device at its shortest exposure |F| may be larger, at its longest one smaller.
   *
   * @param metered seconds of the frame's first readout
   * @return NaN if the device is not metered
   */
  static double brightest(
      double metered, ExposureControl control, Capabilities capabilities, Calibration calibration) {
    if (!control.automatic()) {
      return Double.NaN;
    }
    boolean coherent = capabilities.readout() == ReadoutMode.COHERENT;
    double range = range(control, capabilities, calibration);
    double light = field(range / (calibration.sensitivity() * metered), coherent);
    return coherent ? light / LARGER_QUADRATURE : light - calibration.referenceAmplitude();
  }

  /**
   * The exposure that metering finds.
   *
   * @param brightest largest |F|, or of a coherent readout the largest quadrature
   * @return seconds, within the device's range
   */
  static double metered(
      double brightest,
      ExposureControl control,
      Capabilities capabilities,
      Calibration calibration) {
    boolean coherent = capabilities.readout() == ReadoutMode.COHERENT;
    double light = coherent ? brightest : brightest + calibration.referenceAmplitude();
    return longest(light, range(control, capabilities, calibration), capabilities, calibration);
  }

  /** Counts above black that the brightest pixel is to reach. */
  static double range(ExposureControl control, Capabilities capabilities, Calibration calibration) {
    // A noiseless reader needs no margin: it aims at the last code before clipping.
    double aim = capabilities.determinism() == Determinism.NOISELESS ? 1 : control.target();
    return aim * (calibration.fullScale() - calibration.blackLevel());
  }

  /** |F| for a count per unit of exposure and sensitivity. */
  static double field(double ratio, boolean coherent) {
    return coherent ? ratio : Math.sqrt(ratio);
  }

  private static double longest(
      double field, double range, Capabilities capabilities, Calibration calibration) {
    boolean coherent = capabilities.readout() == ReadoutMode.COHERENT;
    return capabilities.clampExposure(exposureFor(field, range, calibration, coherent));
  }

  /** Seconds in which a field gives so many counts above black. */
  static double exposureFor(double field, double range, Calibration calibration, boolean coherent) {
    return range / (calibration.sensitivity() * (coherent ? field : field * field));
  }
}
