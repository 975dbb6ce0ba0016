// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as JPEG, as cameras do, without copying their pixels. */
public final class JpegWriter {
  private JpegWriter() {}

  /**
   * Writes the picture to a stream, which stays open. The same picture gives the same bytes.
   *
   * @param quality above 0 to 1, the best
   */
  public static void write(RgbImage image, float quality, OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(AwtImage.over(image), null, null), settings);
    } finally {
      writer.dispose();
    }
  }
}
