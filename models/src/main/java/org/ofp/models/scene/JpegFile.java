// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ofp.models.io.AtomicFile;

/** Writes square pictures as JPEG, as cameras do. */
final class JpegFile {
  private static final float QUALITY = 0.92f;

  private JpegFile() {}

  /** Writes 0xRRGGBB pixels; afterwards the file holds all of them or is as it was. */
  static void write(Path file, int side, int[] rgb) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, side, side, rgb);
    AtomicFile.write(
        file,
        out -> {
          ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
          try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), quality);
          } finally {
            writer.dispose();
          }
        });
  }
}
