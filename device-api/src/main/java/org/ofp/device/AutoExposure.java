// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Finds the exposure at which a frame's brightest pixel reaches the target share of the full scale.
 *
 * <p>The field of a frame stays at the detector until the next load, so metering costs reads, not
 * loads. A metering read with the reference blocked bounds the largest |F| from both sides: a count
 * of p means p ± ½ before rounding, less the noise. The caller's first exposure is safe by Parseval
 * (|F| never exceeds the frame's L2 norm), and far too short where the light is spread over many
 * pixels. So the first read is as long as gives {@value #START} of the target to the brightest
 * pixel of light that is spread at random, whose power is about (ln n + 3)/n of the whole on n
 * pixels: enough to end metering with that read, and short enough for pixels forty times as bright.
 * Should it saturate, the safe exposure is next. Each further read is as long as the upper bound
 * allows without clipping, and tightens the bounds, until the exposure that follows from them is
 * known to {@value #ACCURACY}, and as far as one standard deviation of the stated noise goes to
 * {@value #NOISE_ACCURACY}, or cannot become longer. With a reference of amplitude R the brightest
 * pixel of a phase step gets (|F|+R)²; reads much longer than R alone allows would only measure
 * what hardly counts beside it, in a dark frame for as long as the device can expose.
 *
 * <p>A function of one frame and its noise alone, so results do not depend on what was measured
 * before, on threads or on batches.
 */
@Experimental(since = "0.1")
public final class AutoExposure {
  /** Reads before the best bound so far is taken. */
  private static final int MAX_READS = 8;

  private static final double ACCURACY = 0.02;

  /** As far as one standard deviation of declared noise goes. */
  private static final double NOISE_ACCURACY = 0.05;

  /** Share of the target that the first read aims at, if light is spread at random. */
  private static final double START = 0.025;

  /**
   * Longest metering read, in exposures that the reference alone allows: half a count of c is then
   * worth R/√(16c), 1.6 % of R with 8 bits.
   */
  private static final double REFERENCE_EXPOSURES = 8;

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
   * Meters the frame at the detector.
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
    boolean coherent = capabilities.readout() == ReadoutMode.COHERENT;
    double reference =
        capabilities.readout() == ReadoutMode.FOUR_STEP ? calibration.referenceAmplitude() : 0;
    double range = range(control, capabilities, calibration);
    double upper = Double.POSITIVE_INFINITY;
    double longestRead =
        capabilities.clampExposure(
            REFERENCE_EXPOSURES * exposureFor(reference, range, calibration, coherent));
    double safe = Math.min(capabilities.clampExposure(firstExposure), longestRead);
    double start = firstExposure * spread(pixels, coherent);
    double exposure = Math.max(safe, Math.min(capabilities.clampExposure(start), longestRead));
    double best = exposure;
    for (int reads = 0; reads < MAX_READS; reads++) {
      PeakReader.Peak read = reader.read(Readout.plain(exposure));
      double perUnit = calibration.sensitivity() * exposure;
      double peak = Math.max(read.count() - calibration.blackLevel(), 0);
      if (read.saturated() > 0) {
        upper = Double.POSITIVE_INFINITY;
        if (exposure <= capabilities.minExposure()) {
          return exposure;
        }
        exposure = exposure > safe ? safe : capabilities.clampExposure(exposure / 8);
        best = exposure;
        continue;
      }
      upper = Math.min(upper, field((peak + 0.5) / perUnit, coherent));
      best =
          capabilities.clampExposure(exposureFor(upper + reference, range, calibration, coherent));
      // Of this read alone: the noise of a short one would pass for light ever after.
      double rounded = field(Math.max(peak - 0.5, 0) / perUnit, coherent) + reference;
      double deviation = deviation(peak, calibration.noise());
      double dimmed = field(Math.max(peak - deviation, 0) / perUnit, coherent) + reference;
      boolean known =
          best >= (1 - ACCURACY) * longest(rounded, range, capabilities, calibration)
              && best >= (1 - NOISE_ACCURACY) * longest(dimmed, range, capabilities, calibration);
      double next =
          Math.min(
              capabilities.clampExposure(exposureFor(upper, range, calibration, coherent)),
              longestRead);
      if (known || next <= exposure * (1 + ACCURACY / 2)) {
        return best;
      }
      exposure = next;
    }
    return best;
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
  private static double range(
      ExposureControl control, Capabilities capabilities, Calibration calibration) {
    // A noiseless reader needs no margin: it aims at the last code before clipping.
    double aim = capabilities.determinism() == Determinism.NOISELESS ? 1 : control.target();
    return aim * (calibration.fullScale() - calibration.blackLevel());
  }

  /** How much longer than by Parseval the first read may be, if light is spread at random. */
  private static double spread(int pixels, boolean coherent) {
    double ratio = pixels / (Math.log(pixels) + 3);
    return START * (coherent ? Math.sqrt(ratio) : ratio);
  }

  /** Standard deviation of a count above black. */
  private static double deviation(double count, DetectorNoise noise) {
    return Math.sqrt(noise.conversionGain() * count + noise.readNoise() * noise.readNoise());
  }

  /** |F| for a count per unit of exposure and sensitivity. */
  private static double field(double ratio, boolean coherent) {
    return coherent ? ratio : Math.sqrt(ratio);
  }

  private static double longest(
      double field, double range, Capabilities capabilities, Calibration calibration) {
    boolean coherent = capabilities.readout() == ReadoutMode.COHERENT;
    return capabilities.clampExposure(exposureFor(field, range, calibration, coherent));
  }

  private static double exposureFor(
      double field, double range, Calibration calibration, boolean coherent) {
    return range / (calibration.sensitivity() * (coherent ? field : field * field));
  }
}
