// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Finds the exposure at which a frame's brightest pixel reaches the target share of the full scale.
 *
 * <p>The field of a frame stays at the detector until the next load, so metering costs reads, not
 * loads. A metering read with the reference blocked bounds the largest |F| from both sides: a count
 * of p means p ± ½ before rounding. The caller's first exposure is safe by Parseval (|F| never
 * exceeds the frame's L2 norm), so it may be far too short; each further read is as long as the
 * upper bound allows without clipping, and tightens the bounds, until the exposure that follows
 * from them is known to {@value #ACCURACY} or cannot become longer. With a reference of amplitude R
 * the brightest pixel of a phase step gets (|F|+R)²; reads much longer than R alone allows would
 * only measure what hardly counts beside it, in a dark frame for as long as the device can expose.
 *
 * <p>A function of one frame and its noise alone, so results do not depend on what was measured
 * before, on threads or on batches.
 */
@Experimental(since = "0.1")
public final class AutoExposure {
  /** Reads before the best bound so far is taken. */
  private static final int MAX_READS = 8;

  private static final double ACCURACY = 0.02;

  /**
   * Longest metering read, in exposures that the reference alone allows: half a count of c is then
   * worth R/√(16c), 1.6 % of R with 8 bits.
   */
  private static final double REFERENCE_EXPOSURES = 8;

  private AutoExposure() {}

  /**
   * The longest exposure at which a frame surely does not clip: by Parseval no |F| exceeds the
   * frame's L2 norm. Where to start metering.
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
   * Meters the frame at the detector.
   *
   * @param reader the device, with the frame loaded and transformed
   * @param scratch overwritten
   * @param control the target
   * @param firstExposure seconds, at which no pixel should clip
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
    boolean coherent = capabilities.readout() == ReadoutMode.COHERENT;
    double reference =
        capabilities.readout() == ReadoutMode.FOUR_STEP ? calibration.referenceAmplitude() : 0;
    // A noiseless reader needs no margin: it aims at the last code before clipping.
    double aim = capabilities.determinism() == Determinism.NOISELESS ? 1 : control.target();
    double range = aim * (calibration.fullScale() - calibration.blackLevel());
    double upper = Double.POSITIVE_INFINITY;
    double longestRead =
        capabilities.clampExposure(
            REFERENCE_EXPOSURES * exposureFor(reference, range, calibration, coherent));
    double exposure = Math.min(capabilities.clampExposure(firstExposure), longestRead);
    double best = exposure;
    for (int reads = 0; reads < MAX_READS; reads++) {
      reader.read(Readout.plain(exposure), scratch);
      double perUnit = calibration.sensitivity() * exposure;
      double peak = Math.max(scratch.peak() - calibration.blackLevel(), 0);
      if (scratch.saturated() > 0) {
        upper = Double.POSITIVE_INFINITY;
        if (exposure <= capabilities.minExposure()) {
          return exposure;
        }
        exposure = capabilities.clampExposure(exposure / 8);
        best = exposure;
        continue;
      }
      upper = Math.min(upper, field((peak + 0.5) / perUnit, coherent));
      // Of this read alone: the noise of a short one would pass for light ever after.
      double lower = field(Math.max(peak - 0.5, 0) / perUnit, coherent);
      double shortest = exposureFor(upper + reference, range, calibration, coherent);
      double longest = exposureFor(lower + reference, range, calibration, coherent);
      best = capabilities.clampExposure(shortest);
      boolean known = best >= (1 - ACCURACY) * capabilities.clampExposure(longest);
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

  /** |F| for a count per unit of exposure and sensitivity. */
  private static double field(double ratio, boolean coherent) {
    return coherent ? ratio : Math.sqrt(ratio);
  }

  private static double exposureFor(
      double field, double range, Calibration calibration, boolean coherent) {
    return range / (calibration.sensitivity() * (coherent ? field : field * field));
  }
}
