// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvolutionPicturesTest {
  private static final Path PHOTO = Path.of("../examples/photo.jpg");
  private static final Path DOCS = Path.of("../docs/optical-convolution");

  @TempDir private Path folder;

  /** The chart is of another image size here; the other two are the guide's, pixel by pixel. */
  @Test
  void thePicturesOfTheGuideAreMade() throws IOException {
    ConvolutionPictures.write(folder, PHOTO, 32);
    BufferedImage chart = read(folder, "macs");
    assertEquals(read(DOCS, "macs").getWidth(), chart.getWidth());
    for (String name : new String[] {"tiles", "frame"}) {
      BufferedImage made = read(folder, name);
      BufferedImage shown = read(DOCS, name);
      assertEquals(shown.getWidth(), made.getWidth());
      assertEquals(shown.getHeight(), made.getHeight());
      // Fonts differ from machine to machine; what is drawn of the data must not.
      assertTrue(difference(made, shown) < 0.05, name);
      assertTrue(difference(made, blank(made)) > 0.3, name);
    }
  }

  private static BufferedImage read(Path folder, String name) throws IOException {
    return ImageIO.read(folder.resolve(name + ".png").toFile());
  }

  private static BufferedImage blank(BufferedImage like) {
    BufferedImage white =
        new BufferedImage(like.getWidth(), like.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] rgb = new int[like.getWidth() * like.getHeight()];
    Arrays.fill(rgb, 0xFFFFFF);
    white.setRGB(0, 0, like.getWidth(), like.getHeight(), rgb, 0, like.getWidth());
    return white;
  }

  /** Share of pixels that are not equal but for a rounding. */
  private static double difference(BufferedImage a, BufferedImage b) {
    int different = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        int p = a.getRGB(x, y);
        int q = b.getRGB(x, y);
        for (int shift = 0; shift < 24; shift += 8) {
          if (Math.abs((p >> shift & 255) - (q >> shift & 255)) > 8) {
            different++;
            break;
          }
        }
      }
    }
    return (double) different / (a.getWidth() * a.getHeight());
  }
}
