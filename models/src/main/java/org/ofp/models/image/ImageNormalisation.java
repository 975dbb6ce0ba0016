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
  private static final int LEVELS = 256;

  /** The normalised value of every level of every channel. */
  private static final float[][] NORMALISED = table();

  private ImageNormalisation() {}

  /**
   * Normalises an image.
   *
   * @param argb pixels, row-major, as {@code BufferedImage.getRGB} gives them; alpha is ignored
   * @return {@code [3, rows, cols]}, row-major: red, green, blue
   */
  public static float[] toPlanes(int[] argb) {
    float[] planes = new float[Math.multiplyExact(CHANNELS, argb.length)];
    toPlanes(argb, planes, 0);
    return planes;
  }

  /**
   * Normalises an image into its place in a batch.
   *
   * @param argb as above
   * @param planes receives {@code [3, rows, cols]}, row-major, from {@code offset} on
   * @param offset of the first value in {@code planes}
   */
  public static void toPlanes(int[] argb, float[] planes, int offset) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      int shift = 8 * (CHANNELS - 1 - channel);
      int start = offset + channel * argb.length;
      float[] normalised = NORMALISED[channel];
      for (int i = 0; i < argb.length; i++) {
        planes[start + i] = normalised[(argb[i] >> shift) & 0xFF];
      }
    }
  }

  private static float[][] table() {
    float[][] table = new float[CHANNELS][LEVELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        float value = level / 255f;
        table[channel][level] = (value - MEAN[channel]) / DEVIATION[channel];
      }
    }
    return table;
  }
}
