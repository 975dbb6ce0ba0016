// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

/** Lays a mask's colours over an image. */
public final class Overlay {
  private static final int CHANNEL_MASK = 0xFF;

  private Overlay() {}

  /**
   * Blends two pictures of the same size, channel by channel: {@code image·(1 − opacity) +
   * colours·opacity}, rounded to nearest.
   *
   * @param image ARGB pixels; alpha is ignored
   * @param colours ARGB pixels, as many; alpha is ignored
   * @param opacity of the colours, in [0, 1]
   * @return opaque ARGB pixels
   * @throws IllegalArgumentException if the sizes differ or the opacity is out of range
   */
  public static int[] blend(int[] image, int[] colours, double opacity) {
    if (image.length != colours.length) {
      throw new IllegalArgumentException(
          image.length + " pixels of image and " + colours.length + " of colours");
    }
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new IllegalArgumentException("opacity = " + opacity + " must be in [0, 1]");
    }
    int[] blended = new int[image.length];
    for (int i = 0; i < blended.length; i++) {
      int pixel = CHANNEL_MASK;
      for (int shift = 16; shift >= 0; shift -= 8) {
        int below = (image[i] >> shift) & CHANNEL_MASK;
        int above = (colours[i] >> shift) & CHANNEL_MASK;
        pixel = pixel << 8 | (int) Math.round(below + (above - below) * opacity);
      }
      blended[i] = pixel;
    }
    return blended;
  }
}
