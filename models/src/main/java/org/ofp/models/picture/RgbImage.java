// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

/**
 * An opaque sRGB picture: {@code 0xRRGGBB} per pixel, eight bits a channel, row-major from the top
 * left.
 */
public final class RgbImage {
  private final int width;
  private final int height;
  private final int[] pixels;

  /** A picture over the given pixels, which are not copied; their top byte is ignored. */
  public RgbImage(int width, int height, int[] pixels) {
    if (width <= 0 || height <= 0 || (long) width * height != pixels.length) {
      throw new IllegalArgumentException(
          pixels.length + " pixels do not fill " + width + "×" + height);
    }
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** The pixels themselves, not a copy. */
  public int[] pixels() {
    return pixels;
  }
}
