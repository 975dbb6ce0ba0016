// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TileBlendTest {
  private static final int GRIDS = 300;
  private static final int CHANNELS = 3;

  @Test
  void tilesOfAMapMakeTheMap() {
    for (int seed = 0; seed < GRIDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TileGrid grid = TileGridTest.random(random);
      float[] map = map(grid, random);
      float[] blended = blend(grid, map, tile -> tile);
      for (int i = 0; i < map.length; i++) {
        // Up to nine tiles, each with two weights (2⁻²⁵ off), two products and a sum (2⁻²⁴ each).
        assertEquals(map[i], blended[i], 9 * 4 * Math.scalb(1.0, -24), "seed " + seed);
      }
    }
  }

  @Test
  void aMapOfOneTileIsPassedOn() {
    float[] values = {1, 2, Float.NaN, 4, 5, 6};
    assertSame(values, new TileBlend(TileGrid.of(1, 2, 2, 1), CHANNELS).add(values));
  }

  @Test
  void everyPixelIsTheWeightedMeanOfItsTiles() {
    for (int seed = 0; seed < GRIDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TileGrid grid = TileGridTest.random(random);
      float[] each = new float[grid.count()];
      double[] expected = new double[grid.rows() * grid.cols()];
      for (int number = 0; number < each.length; number++) {
        each[number] = (float) random.nextDouble(-1, 1);
        Region tile = grid.tile(number);
        float[] down = grid.down().weights(number / grid.across().count());
        float[] across = grid.across().weights(number % grid.across().count());
        for (int row = 0; row < tile.rows(); row++) {
          for (int col = 0; col < tile.cols(); col++) {
            expected[(tile.row() + row) * grid.cols() + tile.col() + col] +=
                (double) each[number] * down[row] * across[col];
          }
        }
      }
      int[] number = {0};
      float[] blended =
          blend(
              grid,
              new float[CHANNELS * expected.length],
              tile -> {
                Arrays.fill(tile, each[number[0]++]);
                return tile;
              });
      for (int i = 0; i < blended.length; i++) {
        double truth = expected[i % expected.length];
        assertEquals(truth, blended[i], 9 * 4 * Math.scalb(1.0, -24), "seed " + seed);
      }
    }
  }

  /**
   * A tile's blur sees zeros beyond its edge. The pixel at the edge of an overlap of o pixels
   * counts sin²(π/4/o), so an overlap of 32 leaves (π/128)² = 1/1660 of the seam that tiles side by
   * side have.
   */
  @Test
  void overlapsHideTheSeams() {
    int side = 96;
    float[] map = map(TileGrid.of(side, side, side, 0), new SplittableRandom(5));
    for (int i = 0; i < map.length; i++) {
      map[i] = 1 + 0.1f * map[i];
    }
    float[] whole = blur(map, side);
    double hard = seam(TileGrid.of(side, side, 48, 0), map, whole);
    double soft = seam(TileGrid.of(side, side, 64, 32), map, whole);
    assertTrue(hard > 0.2, "a third of the blur is missing at a seam, not " + hard);
    assertTrue(soft < hard / 1000, soft + " of " + hard);
  }

  private static double seam(TileGrid grid, float[] map, float[] whole) {
    float[] blended = blend(grid, map, tile -> blur(tile, grid.tile(0).cols()));
    double worst = 0;
    for (int i = 0; i < whole.length; i++) {
      worst = Math.max(worst, Math.abs(whole[i] - blended[i]));
    }
    return worst;
  }

  @Test
  void whatIsNoTileIsRefused() {
    TileBlend blend = new TileBlend(TileGrid.of(4, 6, 4, 1), CHANNELS);
    assertThrows(IllegalArgumentException.class, () -> blend.add(new float[47]));
    blend.add(new float[48]);
    blend.add(new float[48]);
    assertThrows(IllegalStateException.class, () -> blend.add(new float[48]));
  }

  /** A strip of 93 500 pixels is legal; what its rows share may not be more than an array holds. */
  @Test
  void whatDoesNotFitAnArrayIsTold() {
    TileGrid strip = TileGrid.of(1030, 93_500, 1024, 128);
    // 2 tiles of 608 rows share 186; of the 105 tiles of 1024 columns some share 135.
    assertEquals(23L * (186 * 93_500 + 608 * 135), TileBlend.kept(strip, 23));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> new TileBlend(strip, 256));
    assertTrue(thrown.getMessage().contains("choose smaller tiles"), thrown.getMessage());
  }

  /** The mean of three pixels in a row, zeros beyond the edges. */
  private static float[] blur(float[] map, int cols) {
    float[] blurred = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      float before = i % cols == 0 ? 0 : map[i - 1];
      float after = i % cols == cols - 1 ? 0 : map[i + 1];
      blurred[i] = (before + map[i] + after) / 3;
    }
    return blurred;
  }

  private static float[] map(TileGrid grid, SplittableRandom random) {
    float[] map = new float[CHANNELS * grid.rows() * grid.cols()];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) random.nextDouble(-1, 1);
    }
    return map;
  }

  /** Cuts a map into tiles, works on each, and puts together what the blend gives away. */
  private static float[] blend(TileGrid grid, float[] map, UnaryOperator<float[]> work) {
    float[] blended = new float[map.length];
    TileBlend blend = new TileBlend(grid, CHANNELS);
    for (int number = 0; number < grid.count(); number++) {
      Region tile = grid.tile(number);
      float[] values = new float[CHANNELS * tile.rows() * tile.cols()];
      copy(map, grid, tile, values, false);
      copy(blended, grid, grid.finished(number), blend.add(work.apply(values)), true);
    }
    return blended;
  }

  private static void copy(float[] map, TileGrid grid, Region region, float[] part, boolean toMap) {
    int at = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int row = 0; row < region.rows(); row++) {
        int mapAt = (channel * grid.rows() + region.row() + row) * grid.cols() + region.col();
        if (toMap) {
          System.arraycopy(part, at, map, mapAt, region.cols());
        } else {
          System.arraycopy(map, mapAt, part, at, region.cols());
        }
        at += region.cols();
      }
    }
    assertEquals(part.length, at);
  }
}
