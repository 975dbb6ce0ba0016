// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * The noise of a detector's counts after EMVA 1288: the variance of a count of {@code n} above the
 * black level is {@code conversionGain·n + readNoise²}.
 *
 * @param conversionGain counts per electron at gain 1, at least 0; 0 if the light has no shot noise
 *     or it is not known
 * @param readNoise RMS counts without light, quantisation included, at least 0
 */
@Stable(since = "0.1")
public record DetectorNoise(double conversionGain, double readNoise) {
  private static final DetectorNoise UNKNOWN = new DetectorNoise(0, 0);

  public DetectorNoise {
    if (!(conversionGain >= 0 && conversionGain < Double.POSITIVE_INFINITY)
        || !(readNoise >= 0 && readNoise < Double.POSITIVE_INFINITY)) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "conversion gain "
              + conversionGain
              + " and read noise "
              + readNoise
              + " must be finite and not negative");
    }
  }

  /** Nothing known, or no noise. */
  public static DetectorNoise unknown() {
    return UNKNOWN;
  }
}
