// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResamplingTest {

  @Test
  void nearestTakesTheSampleUnderEachCentre() {
    int[] row = {10, 20, 30};
    assertArrayEquals(new int[] {10, 10, 20, 20, 30, 30}, Resampling.nearest(row, 3, 1, 6, 1));
    assertArrayEquals(new int[] {20}, Resampling.nearest(row, 3, 1, 1, 1));
    assertArrayEquals(new int[] {10, 30}, Resampling.nearest(row, 3, 1, 2, 1));
    assertArrayEquals(new int[] {10, 10, 30, 30}, Resampling.nearest(row, 1, 3, 2, 2));
  }

  @Test
  void bytesAreTakenAsIntegersAre() {
    int[] values = new int[7 * 5];
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7 % 256;
      bytes[i] = (byte) values[i];
    }
    int[] expected = Resampling.nearest(values, 7, 5, 11, 3);
    byte[] actual = Resampling.nearest(bytes, 7, 5, 11, 3);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i] & 0xFF);
    }
  }

  @Test
  void flatPicturesStayFlat() {
    int[] grey = new int[35];
    Arrays.fill(grey, 0x40c0ff);
    for (int size : new int[] {1, 2, 5, 16, 33}) {
      for (int pixel : Resampling.smooth(new RgbImage(7, 5, grey), size, size + 1).pixels()) {
        assertEquals(0x40c0ff, pixel);
      }
    }
  }

  /** By hand: centres of the new pixels lie at 1/4 and 3/4 between those of the old ones. */
  @Test
  void growingInterpolatesLinearly() {
    RgbImage grown = Resampling.smooth(new RgbImage(2, 1, new int[] {0, 200}), 4, 1);
    assertArrayEquals(new int[] {0, 50, 150, 200}, grown.pixels());
  }

  /** By hand: the triangle of half-width 2 weighs four pixels 1/4, 3/4, 3/4, 1/4, clipped. */
  @Test
  void shrinkingCoversEveryPixel() {
    int[] row = {0, 0, 200, 0, 0, 0};
    RgbImage shrunk = Resampling.smooth(new RgbImage(6, 1, row), 3, 1);
    // first: weights 3,3,1 of 7; second: 1,3,3,1 of 8; third: 1,3,3 of 7, the pixel not among them
    assertArrayEquals(new int[] {Math.round(200f / 7), 75, 0}, shrunk.pixels());
  }

  @Test
  void channelsAndAxesDoNotMix() {
    int[] column = {0x10_00_00, 0x00_20_00, 0x00_00_30};
    RgbImage wide = Resampling.smooth(new RgbImage(1, 3, column), 2, 3);
    assertArrayEquals(
        new int[] {column[0], column[0], column[1], column[1], column[2], column[2]},
        wide.pixels());
  }

  @Test
  void theSameSizeIsTheSamePicture() {
    RgbImage image = new RgbImage(2, 1, new int[] {1, 2});
    assertSame(image, Resampling.smooth(image, 2, 1));
  }
}
