// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

/**
 * From pixels to a network's input: red, green and blue scaled to [0, 1], then by mean and standard
 * deviation of ImageNet, on which the encoders were trained.
 */
public final class ImageNormalisation {
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
  private static final int CHANNELS = 3;

  private ImageNormalisation() {}

  /**
   * Normalises an image.
   *
   * @param argb pixels, row-major, as {@code BufferedImage.getRGB} gives them; alpha is ignored
   * @return {@code [3, rows, cols]}, row-major: red, green, blue
   */
  public static float[] toPlanes(int[] argb) {
    float[] planes = new float[Math.multiplyExact(CHANNELS, argb.length)];
    for (int channel = 0; channel < CHANNELS; channel++) {
      int shift = 8 * (CHANNELS - 1 - channel);
      int start = channel * argb.length;
      for (int i = 0; i < argb.length; i++) {
        float value = ((argb[i] >> shift) & 0xFF) / 255f;
        planes[start + i] = (value - MEAN[channel]) / DEVIATION[channel];
      }
    }
    return planes;
  }
}
