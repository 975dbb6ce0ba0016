// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * The tables behind the random numbers, to be copied to where the same numbers are drawn: the
 * quantiles of the normal distribution ({@link NormalQuantile}) and those of Poisson's ({@link
 * ShotNoise} below a mean of {@value #POISSON_BELOW}).
 */
public final class NoiseTables {
  /**
   * A chord's index is the number's magnitude, as a float's bits, shifted right by so many, modulo
   * the number of chords.
   */
  public static final int NORMAL_PLACE_BITS = NormalQuantile.PLACE_BITS;

  /** Means from here on are not drawn by tables. */
  public static final float POISSON_BELOW = PoissonQuantile.BELOW;

  /** Rows of the tables per unit of the mean. */
  public static final int POISSON_ROWS_PER_UNIT = PoissonQuantile.ROWS_PER_UNIT;

  /** Counts in a row, from 0. */
  public static final int POISSON_COLUMNS = PoissonQuantile.COLUMNS;

  /** The guide has 2 to the power of so many cells in a row. */
  public static final int POISSON_CELL_BITS = PoissonQuantile.CELL_BITS;

  private NoiseTables() {}

  /** Height at 0 and slope of each chord of the normal quantile, interleaved; a copy. */
  public static float[] normalChords() {
    return NormalQuantile.copyOfChords();
  }

  /** F(n; m) at {@code [16·m][n]}, one row more than means below the limit need; a copy. */
  public static double[] poissonCumulative() {
    return PoissonQuantile.copyOfCumulative();
  }

  /**
   * The smallest count of each cell, at {@code [row][cell]}, with the sign bit set where there are
   * several; a copy.
   */
  public static byte[] poissonGuide() {
    return PoissonQuantile.copyOfGuide();
  }
}
