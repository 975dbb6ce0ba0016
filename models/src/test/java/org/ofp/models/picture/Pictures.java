// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures and files made for the tests. */
public final class Pictures {
  private Pictures() {}

  /** Four quadrants that JPEG keeps apart: red, green over blue, white. */
  public static BufferedImage quadrants(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] colours = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff};
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colours[(2 * y / height) * 2 + 2 * x / width]);
      }
    }
    return image;
  }

  /** Detail everywhere, so that every byte of a compressed file matters. */
  public static BufferedImage noise(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    long state = 1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        image.setRGB(x, y, (int) (state >>> 33));
      }
    }
    return image;
  }

  public static byte[] png(BufferedImage image) {
    return encode("png", false, image);
  }

  public static byte[] jpeg(BufferedImage image) {
    return encode("jpeg", false, image);
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return encode("jpeg", true, image);
  }

  private static byte[] encode(String format, boolean progressive, BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
