// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ofp.models.io.AtomicFile;

/** Writes pictures as PNG, without copying their pixels. */
public final class PngFile {
  private PngFile() {}

  /** Writes the picture; afterwards the file holds all of it or is as it was. */
  public static void write(Path file, RgbImage image) throws IOException {
    write(file, AwtImage.over(image));
  }

  /** Writes grey levels from 0 to 255, eight bits a pixel, row-major; otherwise as above. */
  public static void writeGrey(Path file, int width, int height, int[] levels) throws IOException {
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    buffered.getRaster().setPixels(0, 0, width, height, levels);
    write(file, buffered);
  }

  /** As above; levels as unsigned bytes. */
  public static void writeGrey(Path file, int width, int height, byte[] levels) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(levels, levels.length), width, height, width, 1, new int[1], null);
    BufferedImage like = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    write(file, new BufferedImage(like.getColorModel(), raster, false, null));
  }

  private static void write(Path file, BufferedImage buffered) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(buffered, "png", stream);
          }
        });
  }
}
