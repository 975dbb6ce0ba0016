// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ScenePicturesTest {
  private static final Path SHOWN = Path.of("../docs/scenes/scenes.png");

  /** The legend's font differs from machine to machine; scenes and masks must not. */
  @Test
  void theGuideShowsTheScenesThatAreMade() throws IOException {
    BufferedImage shown = ImageIO.read(SHOWN.toFile());
    BufferedImage made = ScenePictures.scenes();
    assertEquals(shown.getWidth(), made.getWidth());
    assertEquals(shown.getHeight(), made.getHeight());
    int different = 0;
    for (int y = 0; y < made.getHeight(); y++) {
      for (int x = 0; x < made.getWidth(); x++) {
        different += made.getRGB(x, y) == shown.getRGB(x, y) ? 0 : 1;
      }
    }
    double share = (double) different / (made.getWidth() * made.getHeight());
    assertTrue(share < 0.03, "share of pixels that differ: " + share);
  }
}
