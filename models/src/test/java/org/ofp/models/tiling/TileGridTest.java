// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileGridTest {
  private static final int GRIDS = 300;

  /** A grid of any shape: pictures of a pixel, of one tile and a bit, of many; overlaps to half. */
  static TileGrid random(SplittableRandom random) {
    int tile = random.nextInt(1, 80);
    return TileGrid.of(
        random.nextInt(1, 120), random.nextInt(1, 120), tile, random.nextInt(0, tile / 2 + 1));
  }

  @Test
  void whatTilesFinishMakesUpThePictureOnce() {
    for (int seed = 0; seed < GRIDS; seed++) {
      TileGrid grid = random(new SplittableRandom(seed));
      int[] finished = new int[grid.rows() * grid.cols()];
      for (int number = 0; number < grid.count(); number++) {
        Region region = grid.finished(number);
        for (int row = 0; row < region.rows(); row++) {
          for (int col = 0; col < region.cols(); col++) {
            finished[(region.row() + row) * grid.cols() + region.col() + col]++;
          }
        }
      }
      for (int times : finished) {
        assertEquals(1, times, "seed " + seed);
      }
    }
  }

  @Test
  void tilesAreAlikeAndShareTheOverlap() {
    for (int seed = 0; seed < GRIDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int tile = random.nextInt(1, 140);
      int overlap = random.nextInt(0, tile / 2 + 1);
      int length = random.nextInt(1, 700);
      TileAxis axis = new TileAxis(length, tile, overlap);
      String message = "seed " + seed;
      assertTrue(axis.size() <= Math.min(length, tile), message);
      if (axis.count() == 1) {
        assertEquals(length, axis.size(), message);
      } else if (axis.size() < tile) {
        assertEquals(0, axis.size() % 32, message);
        // Tiles of 32 less would not do.
        assertTrue((axis.size() - 32 - overlap) * axis.count() + overlap < length, message);
      }
      assertEquals(0, axis.start(0), message);
      assertEquals(length, axis.start(axis.count() - 1) + axis.size(), message);
      for (int i = 1; i < axis.count(); i++) {
        assertTrue(axis.shared(i) >= overlap, message);
        assertTrue(axis.start(i) > axis.start(i - 1), message);
      }
      // One tile fewer would not do.
      int reach = axis.count() < 2 ? 0 : tile + (axis.count() - 2) * (tile - overlap);
      assertTrue(reach < length, message);
    }
  }

  @Test
  void weightsArePositiveAndAddUpToOne() {
    for (int seed = 0; seed < GRIDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int tile = random.nextInt(1, 140);
      int length = random.nextInt(1, 700);
      TileAxis axis = new TileAxis(length, tile, random.nextInt(0, tile / 2 + 1));
      double[] sum = new double[length];
      for (int i = 0; i < axis.count(); i++) {
        for (int k = 0; k < axis.size(); k++) {
          assertTrue(axis.weights(i)[k] > 0, "seed " + seed);
          sum[axis.start(i) + k] += axis.weights(i)[k];
        }
      }
      for (double total : sum) {
        // Up to three weights, each rounded to float: half a unit in the last place, 2⁻²⁵.
        assertEquals(1, total, 3 * Math.scalb(1.0, -25), "seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "512, 512, 1, 512, 512", // no longer than a tile
    "1024, 1024, 1, 1024, 1024",
    "1025, 1024, 2, 608, 1024", // one axis only; (1025 + 128) / 2 = 576.5
    "1100, 1100, 4, 640, 640", // 1.35 times the pixels, not 3.5
    "30, 2100, 3, 30, 800", // (2100 + 2 · 128) / 3 = 785.3
    "4000, 6000, 35, 928, 992", // 5 by 7
    "1920, 1920, 4, 1024, 1024", // as much as fits
  })
  void largePicturesTakeTheseTiles(int rows, int cols, int tiles, int tileRows, int tileCols) {
    TileGrid grid = TileGrid.of(rows, cols, 1024, 128);
    assertEquals(tiles, grid.count());
    for (int number = 0; number < tiles; number++) {
      assertEquals(tileRows, grid.tile(number).rows());
      assertEquals(tileCols, grid.tile(number).cols());
    }
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> TileGrid.of(0, 1, 8, 0));
    assertThrows(IllegalArgumentException.class, () -> TileGrid.of(1, 0, 8, 0));
    assertThrows(IllegalArgumentException.class, () -> TileGrid.of(1, 1, 0, 0));
    IllegalArgumentException wide =
        assertThrows(IllegalArgumentException.class, () -> TileGrid.of(1, 1, 8, 5));
    assertEquals("overlap = 5 must be from 0 to half a tile, 4", wide.getMessage());
    assertThrows(IllegalArgumentException.class, () -> TileGrid.of(1, 1, 8, -1));
  }
}
