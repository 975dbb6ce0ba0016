// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who has the tables draws the same numbers. */
class NoiseTablesTest {
  private static final long SEED = 8;

  @Test
  void chordsGiveTheNormalNumbers() {
    float[] chords = NoiseTables.normalChords();
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      int bits = i < 32 ? 1 << i : random.nextInt() >> random.nextInt(32);
      float place = bits | 1;
      int cell = Float.floatToRawIntBits(Math.abs(place)) >>> NoiseTables.NORMAL_PLACE_BITS;
      int at = 2 * (cell % (chords.length / 2));
      float z = Math.copySign(chords[at], place) + place * chords[at + 1];
      assertEquals(NormalQuantile.gaussian(bits), z, () -> "bits " + bits + ", seed " + SEED);
    }
  }

  @Test
  void rowsAndGuideGiveThePoissonNumbers() {
    double[] cumulative = NoiseTables.poissonCumulative();
    byte[] guide = NoiseTables.poissonGuide();
    int columns = NoiseTables.POISSON_COLUMNS;
    int rows = (int) (NoiseTables.POISSON_BELOW * NoiseTables.POISSON_ROWS_PER_UNIT);
    int cells = 1 << NoiseTables.POISSON_CELL_BITS;
    assertEquals((rows + 1) * columns, cumulative.length);
    assertEquals(rows * cells, guide.length);
    Random random = new Random(SEED);
    int guided = 0;
    int n = 50_000;
    float[] drawn = new float[1];
    for (int i = 0; i < n; i++) {
      // A mean on a row, where the row alone is the distribution function.
      int row = random.nextInt(rows);
      long bits = random.nextInt();
      float mean = (float) row / NoiseTables.POISSON_ROWS_PER_UNIT;
      PoissonQuantile.draw(new float[] {mean}, new long[] {bits}, 1, new int[1], drawn);
      double u = ((bits & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
      int count = 0;
      while (cumulative[row * columns + count] < u) {
        count++;
      }
      assertEquals(count, drawn[0], "mean " + mean + ", seed " + SEED);
      int guess = guide[row * cells + (int) (u * cells)];
      assertTrue(guess < 0 ? (guess & 127) <= count : guess == count);
      guided += guess < 0 ? 0 : 1;
    }
    assertTrue(guided > 0.8 * n, guided + " of " + n);
  }

  @Test
  void theyAreCopies() {
    NoiseTables.normalChords()[0] = Float.NaN;
    NoiseTables.poissonGuide()[0] = 99;
    NoiseTables.poissonCumulative()[0] = Double.NaN;
    assertNotEquals(Float.NaN, NoiseTables.normalChords()[0]);
    assertNotEquals(99, NoiseTables.poissonGuide()[0]);
    assertNotEquals(Double.NaN, NoiseTables.poissonCumulative()[0]);
  }
}
