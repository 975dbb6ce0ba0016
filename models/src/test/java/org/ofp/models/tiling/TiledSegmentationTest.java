// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ofp.models.image.ImageNormalisation;
import org.ofp.models.picture.RgbImage;

class TiledSegmentationTest {
  private static final int CLASSES = 2;

  /** A 1×1 convolution: two classes of three channels. */
  private static float[] pointwise(float[] planes) {
    int pixels = planes.length / 3;
    float[] logits = new float[CLASSES * pixels];
    for (int i = 0; i < pixels; i++) {
      logits[i] = planes[i] - 2 * planes[pixels + i];
      logits[pixels + i] = planes[i] + 0.5f * planes[2 * pixels + i];
    }
    return logits;
  }

  @Test
  void aPictureInTilesGivesWhatTheWholeGives() {
    RgbImage image = picture(37, 101);
    float[] whole = pointwise(ImageNormalisation.toPlanes(image.pixels()));
    TileGrid grid = TileGrid.of(37, 101, 32, 8);
    float[] tiled = new float[whole.length];
    List<Integer> tiles = new ArrayList<>();
    TiledSegmentation.run(
        image,
        grid,
        CLASSES,
        List.of(
            (tile, planes, rows, cols) -> {
              tiles.add(tile);
              return pointwise(planes);
            },
            (tile, planes, rows, cols) -> {
              float[] negative = pointwise(planes);
              for (int i = 0; i < negative.length; i++) {
                negative[i] = -negative[i];
              }
              return negative;
            }),
        (region, logits) -> {
          assertEquals(2, logits.size());
          for (int i = 0; i < logits.get(0).length; i++) {
            assertEquals(logits.get(0)[i], -logits.get(1)[i]);
            int plane = i / (region.rows() * region.cols());
            int row = region.row() + i / region.cols() % region.rows();
            int col = region.col() + i % region.cols();
            tiled[(plane * 37 + row) * 101 + col] = logits.get(0)[i];
          }
        });
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), tiles);
    // Magnitudes up to 8, weights and sums rounded as in TileBlendTest, up to four tiles a pixel.
    assertArrayEquals(whole, tiled, (float) (8 * 4 * 4 * Math.scalb(1.0, -24)));
  }

  @Test
  void aPictureOfOneTileGoesThroughAsItIs() {
    RgbImage image = picture(30, 20);
    float[] whole = ImageNormalisation.toPlanes(image.pixels());
    float[] logits = pointwise(whole);
    List<Region> regions = new ArrayList<>();
    TiledSegmentation.run(
        image,
        TileGrid.of(30, 20, 32, 8),
        CLASSES,
        List.of(
            (tile, planes, rows, cols) -> {
              assertArrayEquals(whole, planes);
              return logits;
            }),
        (region, given) -> {
          regions.add(region);
          assertSame(logits, given.get(0));
        });
    assertEquals(List.of(new Region(0, 0, 30, 20)), regions);
  }

  @Test
  void aGridOfAnotherSizeIsRefused() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                TiledSegmentation.run(
                    picture(5, 6), TileGrid.of(6, 5, 8, 0), 1, List.of(), (region, any) -> {}));
    assertEquals("a grid for 5×6 pixels does not fit a picture of 6×5", thrown.getMessage());
  }

  private static RgbImage picture(int rows, int cols) {
    SplittableRandom random = new SplittableRandom(3);
    int[] pixels = new int[rows * cols];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(1 << 24);
    }
    return new RgbImage(cols, rows, pixels);
  }
}
