// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * How the powers of a frame's pixels are spread: shares of the pixels by power relative to a
 * largest one, in bins of a quarter of an octave down to −120 dB, with the mean power in each bin.
 */
final class PowerSpread {
  private static final int PER_OCTAVE = 4;
  private static final int BINS = 40 * PER_OCTAVE;

  /** The largest power of speckle exceeds the mean by up to ln n, for n pixels. */
  private static final double SPECKLE = 20;

  /** Darker pixels of speckle, a thousandth of all, are taken together. */
  private static final int SPECKLE_BINS = 14 * PER_OCTAVE;

  private final double[] shares = new double[BINS];
  private final double[] sums = new double[BINS];
  private double share;
  private double sum;

  /**
   * Powers from 0 to 1 of a given mean: with the density exp(−λp), that of speckle; where the
   * largest stands out further than of any speckle, with p⁻² down to a least power, that of 1/f
   * spectra, in which every octave of p has the same power.
   *
   * @param mean above 0 to 1
   */
  static PowerSpread ofMean(double mean) {
    if (mean > edge(1)) {
      PowerSpread even = new PowerSpread();
      even.add(mean, 1);
      return even;
    }
    boolean speckle = mean > 1 / SPECKLE;
    double low = speckle ? -1e4 : 0;
    double high = speckle ? 1e4 : BINS;
    while (high - low > 1e-6) {
      double middle = (low + high) / 2;
      if ((speckle ? exponential(middle) : hyperbolic(middle)).mean() > mean) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return speckle ? exponential(high) : hyperbolic(high);
  }

  private static PowerSpread exponential(double lambda) {
    PowerSpread spread = new PowerSpread();
    for (int bin = 0; bin < SPECKLE_BINS; bin++) {
      double upper = edge(bin);
      double lower = bin + 1 == SPECKLE_BINS ? 0 : edge(bin + 1);
      double middle = (upper + lower) / 2;
      // From the likeliest end, so that nothing overflows.
      spread.add(middle, (upper - lower) * Math.exp(-lambda * (lambda > 0 ? middle : middle - 1)));
    }
    return spread;
  }

  /**
   * @param bins down to the least power
   */
  private static PowerSpread hyperbolic(double bins) {
    PowerSpread spread = new PowerSpread();
    for (int bin = 0; bin < Math.min(bins, BINS - 1); bin++) {
      double middle = edge(bin + 0.5);
      spread.add(middle, Math.min(bins - bin, 1) / middle);
    }
    return spread;
  }

  private static double edge(double bin) {
    return Math.pow(2, -bin / PER_OCTAVE);
  }

  /**
   * Adds pixels.
   *
   * @param power of each, 0 to 1; more counts as 1
   * @param many how many, or what share of all
   */
  void add(double power, double many) {
    int bin = (int) Math.min(BINS - 1, -PER_OCTAVE * Math.log(power) / Math.log(2));
    int within = Math.max(bin, 0);
    shares[within] += many;
    sums[within] += many * Math.min(power, 1);
    share += many;
    sum += many * Math.min(power, 1);
  }

  int bins() {
    return BINS;
  }

  /** Share of the pixels in a bin. */
  double share(int bin) {
    return shares[bin] / share;
  }

  /** Mean power in a bin that has pixels. */
  double power(int bin) {
    return sums[bin] / shares[bin];
  }

  /** The spread of light of which a share is spread evenly, and the rest like this. */
  PowerSpread withEvenLight(double even) {
    double most = (1 - even) / mean() + even;
    PowerSpread mixed = new PowerSpread();
    for (int bin = 0; bin < BINS; bin++) {
      if (shares[bin] > 0) {
        mixed.add(((1 - even) * power(bin) / mean() + even) / most, share(bin));
      }
    }
    return mixed;
  }

  /** Powers within a bin relative to their mean, evenly spread by their logarithm. */
  static double within(double part) {
    double octave = Math.log(2) / PER_OCTAVE;
    return edge(part) * octave / (1 - edge(1));
  }

  /** Mean power of all pixels. */
  double mean() {
    return sum / share;
  }

  /** The expected largest power of so many pixels. */
  double largest(int pixels) {
    double below = 1;
    double allBelow = 1;
    double expected = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (shares[bin] > 0) {
        below = Math.max(below - share(bin), 0);
        double before = allBelow;
        allBelow = Math.pow(below, pixels);
        expected += (before - allBelow) * power(bin);
      }
    }
    return expected;
  }
}
