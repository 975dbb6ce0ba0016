// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.ofp.models.picture.Pictures;

/** Small pictures and masks on disk. */
final class DataFiles {
  private DataFiles() {}

  /** Writes a PNG with these pixels, 0xRRGGBB, making its folder. */
  static Path rgb(Path file, int width, int... pixels) throws IOException {
    BufferedImage image =
        new BufferedImage(width, pixels.length / width, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, pixels.length / width, pixels, 0, width);
    return write(file, Pictures.png(image));
  }

  /** Writes a grey PNG with these values. */
  static Path grey(Path file, int width, int... values) throws IOException {
    return image(file, BufferedImage.TYPE_BYTE_GRAY, width, values);
  }

  /** Writes a PNG whose samples are these values. */
  static Path image(Path file, int type, int width, int... values) throws IOException {
    BufferedImage image = new BufferedImage(width, values.length / width, type);
    image.getRaster().setPixels(0, 0, width, values.length / width, values);
    return write(file, Pictures.png(image));
  }

  /** Writes a PNG with a palette of 0xRRGGBB. */
  static Path palette(Path file, int[] colours, int width, int... values) throws IOException {
    IndexColorModel model =
        new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_INDEXED, model);
    image.getRaster().setPixels(0, 0, width, values.length / width, values);
    return write(file, Pictures.png(image));
  }

  /**
   * Writes a one-row PNG of grey of less than eight bits, which ImageIO does not write.
   *
   * @param bits 1, 2 or 4
   * @param row the samples of eight bits in each byte
   */
  static Path shallowGrey(Path file, int bits, int width, int... row) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(1).put((byte) bits);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      deflater.write(0); // no filter
      for (int samples : row) {
        deflater.write(samples);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    png.writeBytes(chunk("IHDR", header.array()));
    png.writeBytes(chunk("IDAT", data.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return write(file, png.toByteArray());
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
    chunk.putInt(content.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) crc.getValue()).array();
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** A picture whose pixels are all different, and a mask that says which: 0xRRGGBB modulo 5. */
  static void pair(Path images, Path masks, String name, int width, int height, int seed)
      throws IOException {
    int[] pixels = new int[width * height];
    int[] labels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (seed * 7919 + i * 31) & 0xFFFFFF;
      labels[i] = pixels[i] % 5;
    }
    rgb(images.resolve(name + ".png"), width, pixels);
    grey(masks.resolve(name + ".png"), width, labels);
  }
}
