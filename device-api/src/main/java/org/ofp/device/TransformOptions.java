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
 * @param exposures how many exposures of a field are taken and merged, 1 to {@value
 *     #MAX_EXPOSURES}: the metered one and longer ones, in which bright pixels saturate and dark
 *     ones rise out of the noise
 * @param exposureRatio each exposure's length over that of the one before, above 1 and finite
 */
@Stable(since = "0.1")
public record TransformOptions(
    boolean digitalMean, double exposureTarget, int exposures, double exposureRatio) {
  /** Most exposures of a field. */
  public static final int MAX_EXPOSURES = 8;

  private static final double DEFAULT_RATIO = 4;

  public TransformOptions {
    if (!(exposureTarget > 0 && exposureTarget <= 1)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "exposure target " + exposureTarget + " must be above 0 and up to 1");
    }
    if (exposures < 1 || exposures > MAX_EXPOSURES) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          exposures + " exposures of a field are not possible; ask for 1 to " + MAX_EXPOSURES);
    }
    if (!(exposureRatio > 1 && exposureRatio < Double.POSITIVE_INFINITY)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "an exposure ratio of " + exposureRatio + " must be above 1 and finite");
    }
  }

  /** Mean handled digitally, one exposure, aimed at 80 % of the full scale. */
  public static TransformOptions defaults() {
    return new TransformOptions(true, ExposureControl.DEFAULT_TARGET, 1, DEFAULT_RATIO);
  }

  /** These options with the mean handled in the computer, or left to the light. */
  public TransformOptions digitalMean(boolean digital) {
    return new TransformOptions(digital, exposureTarget, exposures, exposureRatio);
  }

  /** These options with another number of exposures, 1 to {@value #MAX_EXPOSURES}. */
  public TransformOptions exposures(int count) {
    return exposures(count, exposureRatio);
  }

  /** These options with another number of exposures in another ratio. */
  public TransformOptions exposures(int count, double ratio) {
    return new TransformOptions(digitalMean, exposureTarget, count, ratio);
  }
}
