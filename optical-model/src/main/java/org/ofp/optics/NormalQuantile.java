// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * Standard normal numbers from random bits, by the inverse of the distribution function.
 *
 * <p>Inversion needs one draw for a number and keeps tails; Wichura's algorithm AS 241 (PPND16,
 * <i>Applied Statistics</i> 37, 1988) gives 16 digits but costs a division and, in the tails, a
 * logarithm. It is therefore tabulated over the tail's probability p, in cells that are 1/128 of an
 * octave wide: the top bits of p as a float are the cell's number, and in each cell stands the
 * chord through the quantile at both ends. So the tails cost no more than the middle, and no branch
 * depends on a random bit. The largest deviation from AS 241 is 3.5e−6 (tested).
 *
 * <p>A number takes 32 bits, read as a signed integer: its magnitude over 2^32 is p, its sign the
 * number's. The lowest bit is set, so zero does not occur and both signs have the same magnitudes.
 * The largest number is 6.23, beyond which the normal distribution has 5e−10.
 *
 * <p>Chords in float cost 1.0 ns a number on one core (JDK 17, 3.9 GHz) where cubics in double with
 * cells of 1/16 octave took 5 ns. Their table is longer, 32 KiB, but 97 of 100 numbers come from
 * its top five octaves, 5 KiB.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients' published digits
public final class NormalQuantile {
  /** A float's bits from here on up are its exponent and the first seven of its mantissa. */
  static final int PLACE_BITS = 16;

  /** Number of the first cell: that of the magnitude 1. */
  private static final int FIRST = Float.floatToRawIntBits(1) >>> PLACE_BITS;

  /** The last cell is met where rounding makes the magnitude 2^31. */
  private static final int LAST = Float.floatToRawIntBits(0x1p31f) >>> PLACE_BITS;

  /**
   * Two numbers for each of 32·128 cells, at their numbers modulo the length: a mask is all that an
   * index takes, and the compiler needs no bounds checks.
   */
  private static final int LENGTH = 2 * 32 * 128;

  /** The magnitude 2^31 is the probability ½. */
  private static final double RANGE = 0x1p32;

  /** No number is larger: that of the bits 1 is 6.23. */
  static final double LARGEST = 6.24;

  // Coefficients of AS 241, lowest power first; they stand before the table that is made of them.
  private static final double[] CENTRE_A = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3
  };
  private static final double[] CENTRE_B = {
    1,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3
  };
  private static final double[] MIDDLE_C = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4
  };
  private static final double[] MIDDLE_D = {
    1,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9
  };
  private static final double[] FAR_E = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7
  };
  private static final double[] FAR_F = {
    1,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15
  };

  /** Height at 0 and slope of each cell's chord. */
  private static final float[] CHORDS = chords();

  private NormalQuantile() {}

  /** A standard normal number of a pixel, by the upper half of its random bits. */
  public static float gaussian(long key, int pixel) {
    return gaussian((int) (CounterRandom.bits(key, pixel) >>> 32));
  }

  /**
   * A standard normal number.
   *
   * @param bits 32 random bits, of which the lowest plays no part; positive for positive numbers
   */
  public static float gaussian(int bits) {
    float place = bits | 1;
    int raw = Float.floatToRawIntBits(place);
    int i = raw >>> (PLACE_BITS - 1) & (LENGTH - 2);
    return Math.copySign(CHORDS[i], place) + place * CHORDS[i + 1];
  }

  private static float[] chords() {
    float[] chords = new float[LENGTH];
    for (int cell = FIRST; cell <= LAST; cell++) {
      double from = start(cell);
      double to = start(cell + 1);
      double z = -quantile(from / RANGE);
      double slope = (-quantile(to / RANGE) - z) / (to - from);
      int i = 2 * cell & (LENGTH - 2);
      chords[i] = (float) (z - slope * from);
      chords[i + 1] = (float) slope;
    }
    return chords;
  }

  static float[] copyOfChords() {
    return CHORDS.clone();
  }

  private static double start(int cell) {
    return Float.intBitsToFloat(cell << PLACE_BITS);
  }

  /**
   * The standard normal quantile by AS 241, relative accuracy about 1e−16.
   *
   * @param p above 0 and below 1
   */
  public static double quantile(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      return q * ratio(CENTRE_A, CENTRE_B, 0.180625 - q * q);
    }
    double r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
    double z = r <= 5 ? ratio(MIDDLE_C, MIDDLE_D, r - 1.6) : ratio(FAR_E, FAR_F, r - 5);
    return q < 0 ? -z : z;
  }

  private static double ratio(double[] numerator, double[] denominator, double x) {
    double n = 0;
    double d = 0;
    for (int i = numerator.length - 1; i >= 0; i--) {
      n = n * x + numerator[i];
      d = d * x + denominator[i];
    }
    return n / d;
  }
}
