// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * How fields are put on a device and read back.
 *
 * @param digitalMean whether the mean is handled in the computer: subtracted before the frame is
 *     shown and added to bin 0 afterwards (on the inverse pass bin 0 is withheld and added). The
 *     zero order of a natural image is N²μ²/σ² above the mean bin and would otherwise decide the
 *     dynamic range
 * @param exposureTarget share of the detector's full scale that the brightest pixel is to reach,
 *     above 0 to 1; noiseless readouts are always used up to the last code
 */
@Stable(since = "0.1")
public record TransformOptions(boolean digitalMean, double exposureTarget) {
  /** Mean handled digitally, exposures aimed at 80 % of the full scale. */
  public static TransformOptions defaults() {
    return new TransformOptions(true, ExposureControl.DEFAULT_TARGET);
  }

  /** These options with the mean handled in the computer, or left to the light. */
  public TransformOptions digitalMean(boolean digital) {
    return new TransformOptions(digital, exposureTarget);
  }
}
