// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

/**
 * Changes the size of pictures and label maps. Pixel centres are at half-integers, so that the
 * edges of the old and new grids coincide.
 */
public final class Resampling {
  private Resampling() {}

  /**
   * Takes the old sample nearest to each new centre: for labels and masks, whose values must not
   * mix.
   */
  public static int[] nearest(int[] values, int width, int height, int newWidth, int newHeight) {
    int[] resized = new int[Math.multiplyExact(newWidth, newHeight)];
    for (int y = 0; y < newHeight; y++) {
      int row = (int) ((2L * y + 1) * height / (2L * newHeight)) * width;
      for (int x = 0; x < newWidth; x++) {
        resized[y * newWidth + x] = values[row + (int) ((2L * x + 1) * width / (2L * newWidth))];
      }
    }
    return resized;
  }

  /** As {@link #nearest(int[], int, int, int, int)}, for classes as bytes. */
  public static byte[] nearest(byte[] values, int width, int height, int newWidth, int newHeight) {
    byte[] resized = new byte[Math.multiplyExact(newWidth, newHeight)];
    for (int y = 0; y < newHeight; y++) {
      int row = (int) ((2L * y + 1) * height / (2L * newHeight)) * width;
      for (int x = 0; x < newWidth; x++) {
        resized[y * newWidth + x] = values[row + (int) ((2L * x + 1) * width / (2L * newWidth))];
      }
    }
    return resized;
  }

  /**
   * Resizes a photograph by a triangle filter, applied to columns and rows in turn: bilinear where
   * it grows; where it shrinks the triangle widens to cover every old pixel, against aliasing (the
   * same filter as Pillow's {@code BILINEAR}).
   */
  public static RgbImage smooth(RgbImage image, int newWidth, int newHeight) {
    if (newWidth == image.width() && newHeight == image.height()) {
      return image;
    }
    TriangleFilter across = new TriangleFilter(image.width(), newWidth);
    TriangleFilter down = new TriangleFilter(image.height(), newHeight);
    int[] pixels = new int[Math.multiplyExact(newWidth, newHeight)];
    for (int shift = 0; shift <= 16; shift += 8) {
      float[] channel = across.filterRows(image, shift);
      down.filterColumns(channel, newWidth, shift, pixels);
    }
    return new RgbImage(newWidth, newHeight, pixels);
  }
}
