// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegWriterTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 24;

  /** A slow change of brightness, which a good JPEG keeps but for the rounding of its colours. */
  @Test
  void aSmoothPictureSurvives() throws IOException {
    RgbImage picture = gradient(0);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(written(picture, 0.92f)));
    assertEquals(WIDTH, read.getWidth());
    assertEquals(HEIGHT, read.getHeight());
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int rgb = read.getRGB(i % WIDTH, i / WIDTH);
      for (int shift = 0; shift < 24; shift += 8) {
        // Quality 0.92 quantises the low frequencies in steps of up to 3 levels, a few of them.
        assertEquals(picture.pixels()[i] >> shift & 0xFF, rgb >> shift & 0xFF, 8, "pixel " + i);
      }
    }
  }

  @Test
  void theTopByteIsIgnored() throws IOException {
    assertArrayEquals(written(gradient(0), 0.92f), written(gradient(0xAB000000), 0.92f));
  }

  @Test
  void qualityCostsBytes() throws IOException {
    assertTrue(written(gradient(0), 0.98f).length > written(gradient(0), 0.3f).length);
  }

  private static byte[] written(RgbImage image, float quality) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JpegWriter.write(image, quality, out);
    return out.toByteArray();
  }

  private static RgbImage gradient(int topByte) {
    int[] pixels = new int[WIDTH * HEIGHT];
    Arrays.setAll(pixels, i -> topByte | (50 + i % WIDTH * 3) * 0x010101 + i / WIDTH * 0x000200);
    return new RgbImage(WIDTH, HEIGHT, pixels);
  }
}
