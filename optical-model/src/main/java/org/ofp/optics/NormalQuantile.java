// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * Standard normal numbers from random bits, by the inverse of the distribution function.
 *
 * <p>Inversion needs one draw for a number and keeps tails; Wichura's algorithm AS 241 (PPND16,
 * <i>Applied Statistics</i> 37, 1988) gives 16 digits but costs a division and, in the tails, a
 * logarithm. It is therefore tabulated over the tail's probability p, in cells that are a sixteenth
 * of an octave wide: the top bits of p as a double are the cell's number, the rest the place in it,
 * and in each cell stands the cubic through value and slope at both ends. So the tails cost no more
 * than the middle, and no branch depends on a random bit: with a table even in p and a branch for
 * the sign the noise of a frame took 2.5 times as long. Below p = 2^−34, once in 10^10 numbers, AS
 * 241 itself is asked. The largest deviation of the table from AS 241 is 1e−7 (tested).
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients' published digits
public final class NormalQuantile {
  /** Octaves of p that are tabulated, from [1/4, 1/2) down. */
  private static final int OCTAVES = 33;

  /** A double's bits from here on up are its exponent and the first {@value #STEP_BITS} of p. */
  private static final int PLACE_BITS = 48;

  private static final int STEP_BITS = 52 - PLACE_BITS;
  private static final int CELLS = OCTAVES << STEP_BITS;

  /** Number of the first cell: that of p = 2^(−1−OCTAVES). */
  private static final int FIRST =
      (int) (Double.doubleToRawLongBits(0.5 / (1L << OCTAVES)) >>> PLACE_BITS);

  private static final long ONE = Double.doubleToRawLongBits(1);

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

  /** Four coefficients per cell. */
  private static final double[] CUBICS = cubics();

  private NormalQuantile() {}

  /**
   * A standard normal number: one bit for the sign, 52 for the place in the upper half.
   *
   * @param bits 64 random bits
   */
  public static double gaussian(long bits) {
    double p = 0.5 * CounterRandom.uniform(~bits); // larger numbers from larger bits
    long raw = Double.doubleToRawLongBits(p);
    int cell = (int) (raw >>> PLACE_BITS) - FIRST;
    double z;
    if (cell >= 0) {
      // The place within the cell as the mantissa of a number from 1 to 2.
      double t = Double.longBitsToDouble(raw << (64 - PLACE_BITS) >>> 12 | ONE) - 1;
      int i = 4 * cell;
      z = CUBICS[i] + t * (CUBICS[i + 1] + t * (CUBICS[i + 2] + t * CUBICS[i + 3]));
    } else {
      z = -quantile(p);
    }
    // The sign by its bit: a branch on a random bit is mispredicted every other time.
    return Double.longBitsToDouble(Double.doubleToRawLongBits(z) ^ (bits << 63));
  }

  private static double[] cubics() {
    double[] c = new double[4 * CELLS];
    for (int cell = 0; cell < CELLS; cell++) {
      double p0 = Double.longBitsToDouble((long) (FIRST + cell) << PLACE_BITS);
      double p1 = Double.longBitsToDouble((long) (FIRST + cell + 1) << PLACE_BITS);
      double z0 = -quantile(p0);
      double z1 = -quantile(p1);
      double slope0 = (p0 - p1) / density(z0);
      double slope1 = (p0 - p1) / density(z1);
      c[4 * cell] = z0;
      c[4 * cell + 1] = slope0;
      c[4 * cell + 2] = 3 * (z1 - z0) - 2 * slope0 - slope1;
      c[4 * cell + 3] = 2 * (z0 - z1) + slope0 + slope1;
    }
    return c;
  }

  private static double density(double z) {
    return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
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
