// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ofp.models.picture.JpegWriter;
import org.ofp.models.picture.RgbImage;

/** Pictures as text for the {@code src} of an image. */
final class DataUri {
  private static final float QUALITY = 0.87f;
  private static final int COLOURS = 256;

  private DataUri() {}

  /** For photographs: JPEG. */
  static String photo(RgbImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    JpegWriter.write(image, QUALITY, file);
    return uri("jpeg", file);
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
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(file)) {
      ImageIO.write(buffered, "png", stream);
    }
    return uri("png", file);
  }

  private static String uri(String format, ByteArrayOutputStream file) {
    return "data:image/"
        + format
        + ";base64,"
        + Base64.getEncoder().encodeToString(file.toByteArray());
  }
}
