// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Turns any decoded picture into opaque eight-bit sRGB. Transparent parts show white, the paper
 * that viewers put below. Grey samples are taken as they are: {@link BufferedImage#getRGB} believes
 * grey to be linear light and would brighten it.
 */
final class SrgbPixels {
  private static final int WHITE = 255;

  private SrgbPixels() {}

  static RgbImage of(BufferedImage image) throws ImageFormatException {
    ColorModel model = image.getColorModel();
    int[] pixels = new int[image.getWidth() * image.getHeight()];
    if (model instanceof IndexColorModel palette) {
      fromPalette(image.getRaster(), palette, pixels);
    } else if (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      fromSamples(image, 1, pixels);
    } else if (model.getColorSpace().isCS_sRGB()) {
      fromSamples(image, 3, pixels);
    } else if (model.getColorSpace().getType() == ColorSpace.TYPE_RGB) {
      fromSamples(toSrgb(image), 3, pixels);
    } else {
      throw new ImageFormatException(
          "pictures of "
              + model.getNumColorComponents()
              + " colour components are not supported;"
              + " convert it to sRGB");
    }
    return new RgbImage(image.getWidth(), image.getHeight(), pixels);
  }

  /** Applies an embedded profile, such as the Display P3 of phones. */
  private static BufferedImage toSrgb(BufferedImage image) {
    BufferedImage srgb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    return new ColorConvertOp(null).filter(image, srgb);
  }

  private static void fromPalette(Raster raster, IndexColorModel palette, int[] pixels) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    for (int i = 0; i < colours.length; i++) {
      int argb = colours[i];
      int alpha = argb >>> 24;
      colours[i] =
          overWhite(argb >> 16 & 0xff, alpha, 255) << 16
              | overWhite(argb >> 8 & 0xff, alpha, 255) << 8
              | overWhite(argb & 0xff, alpha, 255);
    }
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        // An index beyond the palette is a damaged file's; black, as other decoders have it.
        pixels[y * width + x] = row[x] < colours.length ? colours[row[x]] : 0;
      }
    }
  }

  /** One grey or three colour samples per pixel, and alpha after them where the model has it. */
  private static void fromSamples(BufferedImage image, int colours, int[] pixels) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int max = (1 << model.getComponentSize(0)) - 1;
    int bands = raster.getNumBands();
    int width = raster.getWidth();
    int[] row = new int[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        int alpha = model.hasAlpha() ? row[at + colours] : max;
        int red = overWhite(row[at], alpha, max);
        int green = colours == 1 ? red : overWhite(row[at + 1], alpha, max);
        int blue = colours == 1 ? red : overWhite(row[at + 2], alpha, max);
        pixels[y * width + x] = red << 16 | green << 8 | blue;
      }
    }
  }

  /** One channel, reduced to eight bits and laid over white; samples and alpha go up to max. */
  private static int overWhite(int sample, int alpha, int max) {
    double opacity = (double) alpha / max;
    return (int) Math.round((double) sample / max * WHITE * opacity + WHITE * (1 - opacity));
  }
}
