// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Pictures as Java's encoders take them. */
final class AwtImage {
  private AwtImage() {}

  /** The picture over its own pixels, which are not copied. */
  static BufferedImage over(RgbImage image) {
    DirectColorModel rgb = new DirectColorModel(24, 0xFF0000, 0xFF00, 0xFF);
    WritableRaster raster =
        Raster.createPackedRaster(
            new DataBufferInt(image.pixels(), image.pixels().length),
            image.width(),
            image.height(),
            image.width(),
            rgb.getMasks(),
            null);
    return new BufferedImage(rgb, raster, false, null);
  }
}
