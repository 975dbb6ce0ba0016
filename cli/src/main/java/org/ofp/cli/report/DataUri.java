// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ofp.models.picture.RgbImage;

/** Pictures as text for the {@code src} of an image. */
final class DataUri {
  private static final float QUALITY = 0.87f;
  private static final int COLOURS = 256;

  private DataUri() {}

  /** For photographs: JPEG. */
  static String photo(RgbImage image) throws IOException {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    buffered.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    return encoded(buffered, "jpeg", QUALITY);
  }

  /**
   * For masks: PNG with a palette.
   *
   * @param colours of the classes, 0xRRGGBB
   * @param others colour of what is no class
   */
  static String mask(ClassMap map, int[] colours, int others) throws IOException {
    int[] table = Arrays.copyOf(colours, COLOURS);
    Arrays.fill(table, colours.length, COLOURS, others);
    IndexColorModel model =
        new IndexColorModel(Byte.SIZE, COLOURS, table, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage buffered =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_BYTE_INDEXED, model);
    buffered.getRaster().setDataElements(0, 0, map.width(), map.height(), map.classes());
    return encoded(buffered, "png", 0);
  }

  private static String encoded(BufferedImage image, String format, float quality)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (quality > 0) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    return "data:image/"
        + format
        + ";base64,"
        + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
