// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * Poisson-distributed counts of small mean, by the inverse of the distribution function.
 *
 * <p>The count for a mean μ and a uniform number u is the smallest n with F(n; μ) ≥ u. F is summed
 * once for the means m that are multiples of 1/16, the rows. Between rows the sum of independent
 * Poisson counts helps, of means m and δ = μ − m: F(n; μ) = e^−δ·Σ δ^j/j!·F(n−j; m), of which eight
 * terms leave 1e−14. So u = (k + ½)/2^32 of 32 random bits k is inverted exactly, apart from 1e−13
 * by which doubles may misplace a step; a count's probability is right to the 2^−32 that lies
 * between neighbouring u. Only additions, products and comparisons decide, so that a GPU can give
 * the same counts, except that {@link StrictMath#exp} starts each row of the table.
 *
 * <p>On random data a branch that goes wrong costs tens of nanoseconds, as the look-ups before it
 * have to be waited for; searches from n = 0 took 14 to 50 ns. Therefore three steps:
 *
 * <ol>
 *   <li>All pixels, no branch, 1.5 ns: a guide over row and first 8 bits of u holds the count where
 *       it is the same in the whole cell. The others are listed: 5 to 15 in 100.
 *   <li>Those listed: the chord of F between two rows, which lies at most h²/8·max|F″| ≤ h²/8/(1+m)
 *       away for rows at a distance of h, says whether the guide's count is too small by one.
 *   <li>If u is closer to the chord, or the count larger still, once in 100 pixels: the sum.
 * </ol>
 *
 * <p>What was tried: the chord for all pixels (4 to 5 ns), also in integers; arithmetic moved into
 * loops of its own (JDK 17 turns no conversion between int and float into vector instructions); an
 * exact sum for all pixels that the guide leaves open (4 to 7 ns).
 */
final class PoissonQuantile {
  /** Means have to be smaller. */
  static final float BELOW = 16;

  static final int ROWS_PER_UNIT = 16;
  private static final int ROWS = 16 * ROWS_PER_UNIT;

  /** Counts in a row. P(N ≥ 63) is 1e−17 at a mean of 16. */
  static final int COLUMNS = 64;

  /** No count is larger. */
  static final int MOST = COLUMNS - 1;

  static final int CELL_BITS = 8;

  /** Marks cells of the guide that hold several counts; the smallest of them is given. */
  private static final int OPEN = 1 << 7;

  /**
   * For the guide μ + 16 is a float, of whose mantissa the first eight bits are the row. The
   * addition rounds the mean to 1e−6.
   */
  private static final int ROW_SHIFT = 23 - 8;

  private static final float GUIDED = BELOW - 0x1p-19f;

  /** More than what that rounding moves F by, as |∂F/∂μ| ≤ 1. */
  private static final double SLACK = 4e-6;

  private static final float LARGEST = Math.nextDown(BELOW);

  /** h²/8/(1 + m) is this over 16 + 16m, the latter being the row's number. */
  private static final double CHORD_ERROR = 1.0 / (8 * ROWS_PER_UNIT);

  private static final double[] RECIPROCALS = {
    1, 1 / 2.0, 1 / 3.0, 1 / 4.0, 1 / 5.0, 1 / 6.0, 1 / 7.0, 1 / 8.0
  };

  private static final double[] CUMULATIVE = cumulative();
  private static final byte[] GUIDE = guide();

  private PoissonQuantile() {}

  private static double[] cumulative() {
    double[] cumulative = new double[(ROWS + 1) * COLUMNS];
    for (int row = 0; row <= ROWS; row++) {
      double mean = (double) row / ROWS_PER_UNIT;
      double term = StrictMath.exp(-mean);
      double sum = 0;
      for (int n = 0; n < COLUMNS; n++) {
        sum = Math.min(1, sum + term);
        cumulative[row * COLUMNS + n] = sum;
        term *= mean / (n + 1);
      }
    }
    return cumulative;
  }

  private static byte[] guide() {
    byte[] guide = new byte[ROWS << CELL_BITS];
    for (int row = 0; row < ROWS; row++) {
      int n = 0;
      for (int cell = 0; cell < 1 << CELL_BITS; cell++) {
        double lowest = Math.scalb((double) cell, -CELL_BITS);
        double highest = Math.scalb((double) (cell + 1), -CELL_BITS);
        while (CUMULATIVE[row * COLUMNS + n] + SLACK <= lowest) {
          n++;
        }
        boolean several = CUMULATIVE[(row + 1) * COLUMNS + n] - SLACK < highest;
        guide[row << CELL_BITS | cell] = (byte) (several ? n | OPEN : n);
      }
    }
    return guide;
  }

  static double[] copyOfCumulative() {
    return CUMULATIVE.clone();
  }

  static byte[] copyOfGuide() {
    return GUIDE.clone();
  }

  /**
   * Draws counts. Means from {@link #BELOW} on give some finite number: drawing all costs less than
   * a choice.
   *
   * @param bits random bits, of which the lower 32 are used
   * @param open scratch, like the others room for {@code n} values
   * @param counts receives the counts
   */
  static void draw(float[] means, long[] bits, int n, int[] open, float[] counts) {
    shift(means, n, counts);
    int opens = lookUp(bits, n, counts, open);
    for (int k = 0; k < opens; k++) {
      int i = open[k];
      int guess = (int) counts[i] & (COLUMNS - 1);
      counts[i] = between(Math.min(means[i], LARGEST), (int) bits[i], guess);
    }
  }

  private static void shift(float[] means, int n, float[] shifted) {
    for (int i = 0; i < n; i++) {
      shifted[i] = Math.min(means[i], GUIDED) + BELOW;
    }
  }

  private static int lookUp(long[] bits, int n, float[] shiftedThenCounts, int[] open) {
    int opens = 0;
    for (int i = 0; i < n; i++) {
      int row = Float.floatToRawIntBits(shiftedThenCounts[i]) >>> ROW_SHIFT & (ROWS - 1);
      int guess = GUIDE[row << CELL_BITS | (int) bits[i] >>> (32 - CELL_BITS)];
      shiftedThenCounts[i] = guess;
      open[opens] = i;
      opens += guess >>> 31;
    }
    return opens;
  }

  private static int between(float mean, int bits, int guess) {
    float scaled = mean * ROWS_PER_UNIT;
    int row = (int) scaled;
    float fraction = scaled - row;
    double u = (Integer.toUnsignedLong(bits) + 0.5) * 0x1p-32;
    int at = row * COLUMNS + guess;
    double lower = CUMULATIVE[at];
    double gap = lower + fraction * (CUMULATIVE[at + COLUMNS] - lower) - u;
    boolean sure = Math.abs(gap) * (ROWS_PER_UNIT + row) > CHORD_ERROR;
    if (sure && u < CUMULATIVE[at + COLUMNS + 1]) {
      return guess + (int) (Double.doubleToRawLongBits(gap) >>> 63);
    }
    return search(row, fraction / ROWS_PER_UNIT, guess, u);
  }

  private static int search(int row, double rest, int from, double u) {
    int n = from;
    while (n < COLUMNS - 1 && cumulative(row, rest, n) < u) {
      n++;
    }
    return n;
  }

  private static double cumulative(int row, double rest, int n) {
    double weight = 1;
    for (int j = RECIPROCALS.length - 1; j >= 0; j--) {
      weight = 1 - rest * RECIPROCALS[j] * weight;
    }
    double sum = 0;
    for (int j = 0; j <= n && j < RECIPROCALS.length; j++) {
      sum += weight * CUMULATIVE[row * COLUMNS + n - j];
      weight *= rest * RECIPROCALS[j];
    }
    return sum;
  }
}
