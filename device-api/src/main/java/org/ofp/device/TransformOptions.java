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
 * @param slices how many frames a field is shown by, 1 to {@value #MAX_SLICES}: the first shows it
 *     as well as the modulator's levels allow, each further one what the levels of those before
 *     left over, at full range; the results are added with their scales. More than one needs a
 *     modulator with levels
 * @param repeats how many times each frame is shown and read, with noise of its own, 1 to {@value
 *     #MAX_REPEATS}; the results are averaged. It takes neither the errors of levels away nor those
 *     that stay, such as a sensor's patterns
 */
@Stable(since = "0.1")
public record TransformOptions(
    boolean digitalMean,
    double exposureTarget,
    int exposures,
    double exposureRatio,
    int slices,
    int repeats) {
  /** Most exposures of a field. */
  public static final int MAX_EXPOSURES = 8;

  /** Most slices of a field: with 8 bits, four are beyond what a float holds. */
  public static final int MAX_SLICES = 8;

  /** Most repeats of a frame. */
  public static final int MAX_REPEATS = 1024;

  private static final double DEFAULT_RATIO = 4;

  public TransformOptions {
    if (!(exposureTarget > 0 && exposureTarget <= 1)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "exposure target " + exposureTarget + " must be above 0 and up to 1");
    }
    requireCount(exposures, MAX_EXPOSURES, "exposures of a field");
    requireCount(slices, MAX_SLICES, "slices of a field");
    requireCount(repeats, MAX_REPEATS, "repeats of a frame");
    if (!(exposureRatio > 1 && exposureRatio < Double.POSITIVE_INFINITY)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "an exposure ratio of " + exposureRatio + " must be above 1 and finite");
    }
  }

  /** One slice, shown once. */
  public TransformOptions(
      boolean digitalMean, double exposureTarget, int exposures, double exposureRatio) {
    this(digitalMean, exposureTarget, exposures, exposureRatio, 1, 1);
  }

  private static void requireCount(int count, int most, String what) {
    if (count < 1 || count > most) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          count + " " + what + " are not possible; ask for 1 to " + most);
    }
  }

  /** Mean handled digitally, one exposure, aimed at 80 % of the full scale, of one frame. */
  public static TransformOptions defaults() {
    return new TransformOptions(true, ExposureControl.DEFAULT_TARGET, 1, DEFAULT_RATIO);
  }

  /** These options with the mean handled in the computer, or left to the light. */
  public TransformOptions digitalMean(boolean digital) {
    return new TransformOptions(digital, exposureTarget, exposures, exposureRatio, slices, repeats);
  }

  /** These options with another number of exposures, 1 to {@value #MAX_EXPOSURES}. */
  public TransformOptions exposures(int count) {
    return exposures(count, exposureRatio);
  }

  /** These options with another number of exposures in another ratio. */
  public TransformOptions exposures(int count, double ratio) {
    return new TransformOptions(digitalMean, exposureTarget, count, ratio, slices, repeats);
  }

  /** These options with another number of slices, 1 to {@value #MAX_SLICES}. */
  public TransformOptions slices(int count) {
    return new TransformOptions(
        digitalMean, exposureTarget, exposures, exposureRatio, count, repeats);
  }

  /** These options with another number of repeats, 1 to {@value #MAX_REPEATS}. */
  public TransformOptions repeats(int count) {
    return new TransformOptions(
        digitalMean, exposureTarget, exposures, exposureRatio, slices, count);
  }

  /** Frames that a device shows for one field of a shape that it takes. */
  int frames(Capabilities capabilities) {
    return capabilities.complexEncoding().frames() * slices * repeats;
  }
}
