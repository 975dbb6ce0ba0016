// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * The fringing field between SLM pixels, in the frequency domain: a blur by a Gaussian of σ pixels
 * multiplies the drives' transform by {@code exp(−2π²σ²f²)} per axis, exact for any σ; a sampled
 * kernel is not below one pixel. The frame is continued periodically, as everywhere in a discrete
 * Fourier model. Both channels are real and the transfer is real and even, so one complex transform
 * blurs both.
 */
public final class CrosstalkTransfer {
  private CrosstalkTransfer() {}

  /**
   * The transfer along one axis.
   *
   * @param sigma standard deviation in pixels
   * @param n pixels along the axis
   * @return a factor for each of the DFT's {@code n} bins, DC first
   */
  public static float[] of(double sigma, int n) {
    float[] transfer = new float[n];
    for (int k = 0; k < n; k++) {
      double f = (double) Math.min(k, n - k) / n;
      transfer[k] = (float) Math.exp(-2 * Math.PI * Math.PI * sigma * sigma * f * f);
    }
    return transfer;
  }
}
