// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.function.ObjIntConsumer;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.Resampling;
import org.ofp.models.picture.RgbImage;

/**
 * Turns a picture and its mask into samples. The label goes into the free top byte of every pixel,
 * so that both are cut and resized as one. Thread-safe.
 */
final class SourceDecoder {
  private static final int LABEL_SHIFT = 24;
  private static final int RGB = 0xFFFFFF;

  private final MaskReader masks;
  private final int size;

  /**
   * A decoder.
   *
   * @param size rows and columns of the samples
   */
  SourceDecoder(MaskReader masks, int size) {
    this.masks = masks;
    this.size = size;
  }

  /**
   * Decodes both files.
   *
   * @param grid of the picture as the mask's header promised it
   * @param samples receives size² packed pixels for each square, and the square's number
   */
  void decode(DataFolder.Pair pair, CropGrid grid, ObjIntConsumer<int[]> samples) {
    RgbImage image = ImageFile.read(pair.image());
    byte[] labels = masks.read(pair.mask(), image.width(), image.height());
    int[] packed = image.pixels();
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (packed[i] & RGB) | (labels[i] << LABEL_SHIFT);
    }
    for (int crop = 0; crop < grid.count(); crop++) {
      int[] square = grid.cut(crop, packed, image.width());
      samples.accept(Resampling.nearest(square, grid.side(), grid.side(), size, size), crop);
    }
  }

  /** Separates pixels and labels: {@code packed} keeps 0xRRGGBB. */
  static void unpack(int[] packed, int pixels, byte[] labels) {
    for (int i = 0; i < pixels; i++) {
      labels[i] = (byte) (packed[i] >>> LABEL_SHIFT);
      packed[i] &= RGB;
    }
  }

  /** The labels of packed pixels. */
  static byte[] labels(int[] packed) {
    byte[] labels = new byte[packed.length];
    for (int i = 0; i < packed.length; i++) {
      labels[i] = (byte) (packed[i] >>> LABEL_SHIFT);
    }
    return labels;
  }
}
