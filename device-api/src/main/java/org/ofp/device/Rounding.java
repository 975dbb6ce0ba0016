// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * What rounding noisy counts to whole numbers adds to their noise. The mean error b of a count x
 * with normal noise of the variance σ² is periodic in x,
 *
 * <pre>
 *   b(x)  =  Σₖ (−1)ᵏ/(πk)·sin(2πkx)·exp(−2π²k²σ²)
 *   v(x)  =  1/12 + Σₖ (−1)ᵏ/(πk)²·cos(2πkx)·exp(−2π²k²σ²) + 2σ²·b'(x) − b(x)²
 * </pre>
 *
 * the sawtooth without noise and next to nothing from σ = ½ on, where the noise spreads the count
 * over the codes and the error has become noise of the variance 1/12. v is what the variance of the
 * rounded count exceeds σ² by; it is negative where rounding swallows the noise. Mean errors stay
 * when reads are repeated. From the characteristic functions of B. Widrow, I. Kollár,
 * <i>Quantization Noise</i>, Cambridge 2008.
 */
final class Rounding {
  /** Variance of an error that is spread evenly over a step. */
  static final double VARIANCE = 1 / 12.0;

  private static final int HARMONICS = 12;

  /** Below this variance more harmonics would be needed; the sawtooth is as good. */
  private static final double LITTLE_NOISE = 0.002;

  /** Above it errors of single counts do not matter: 4e-5 of their power is left. */
  private static final double MUCH_NOISE = 0.25;

  private final double variance;
  private double fixed;
  private double random;

  Rounding(double variance) {
    this.variance = variance;
  }

  /** Works out the error of a count. */
  void of(double count) {
    if (variance < LITTLE_NOISE || variance > MUCH_NOISE) {
      fixed = variance > MUCH_NOISE ? 0 : Math.rint(count) - count;
      random = variance > MUCH_NOISE ? VARIANCE : 0;
      return;
    }
    double slope = 0;
    double square = VARIANCE;
    fixed = 0;
    for (int k = 1; k <= HARMONICS; k++) {
      double left = Math.exp(-2 * Math.PI * Math.PI * k * k * variance) * (k % 2 == 0 ? 1 : -1);
      double sin = Math.sin(2 * Math.PI * k * count);
      double cos = Math.cos(2 * Math.PI * k * count);
      fixed += left / (Math.PI * k) * sin;
      slope += 2 * left * cos;
      square += left / (Math.PI * Math.PI * k * k) * cos;
    }
    random = square + 2 * variance * slope - fixed * fixed;
  }

  /** Mean error, the same at every read. */
  double fixed() {
    return fixed;
  }

  /** Variance beyond that of the noise. */
  double random() {
    return random;
  }
}
