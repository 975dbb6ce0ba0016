// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ofp.models.io.AtomicFile;

/** Writes pictures as PNG. */
public final class PngFile {
  private PngFile() {}

  /** Writes the picture; afterwards the file holds all of it or is as it was. */
  public static void write(Path file, RgbImage image) throws IOException {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    buffered.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    write(file, buffered);
  }

  /** Writes grey levels from 0 to 255, eight bits a pixel, row-major; otherwise as above. */
  public static void writeGrey(Path file, int width, int height, int[] levels) throws IOException {
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    buffered.getRaster().setPixels(0, 0, width, height, levels);
    write(file, buffered);
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
