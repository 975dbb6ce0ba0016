// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.picture.RgbImage;

/** What can be told from the pixels alone. */
class ConfusionPlotTest {
  private static final int WHITE = 0xFFFFFF;
  private static final int DARKEST = 0x08306B;
  private static final int MIDDLE = 0x6BAED6;
  private static final int NO_PIXELS = 0xEEEEEE;

  /** Two classes, so that cells are of 34 pixels, and no text but numbers has these colours. */
  @Test
  void rowsAreNormalisedAndRunDown() {
    RgbImage image =
        ConfusionPlot.draw("t", List.of("a", "b"), List.of(new long[] {5, 5}, new long[] {7, 0}));
    List<int[]> dark = places(image, DARKEST);
    List<int[]> middle = places(image, MIDDLE);
    // a cell has 34² pixels less lines and digits
    assertTrue(dark.size() > 34 * 34 / 2 && dark.size() < 34 * 34, dark.size() + " pixels");
    assertTrue(middle.size() > 34 * 34 && middle.size() < 2 * 34 * 34, middle.size() + " pixels");
    assertEquals(34, mean(dark, 0) - mean(middle, 0), 2, "row of b under that of a");
    assertEquals(-17, mean(dark, 1) - mean(middle, 1), 2, "told a, which is left of b");
  }

  @Test
  void aRowWithoutPixelsIsGrey() {
    RgbImage image =
        ConfusionPlot.draw("t", List.of("a", "b"), List.of(new long[] {0, 0}, new long[] {0, 3}));
    int grey = places(image, NO_PIXELS).size();
    assertTrue(grey > 34 * 34 && grey < 2 * 34 * 34, grey + " pixels");
    RgbImage nothing =
        ConfusionPlot.draw("t", List.of("a", "b"), List.of(new long[2], new long[2]));
    assertTrue(places(nothing, NO_PIXELS).size() > grey);
  }

  /** Whatever the names, title and number: nothing is cut off, as the edges are white. */
  @Test
  void theEdgesAreWhite() {
    List<String> drone = ClassPalette.DRONE.classes().stream().map(c -> c.name()).toList();
    String longTitle = "unet-efficientnet-b0 on sim:demonstrator?rows=64&cols=64&seed=5&adc.bits=6";
    List<String> many = IntStream.range(0, 255).mapToObj(i -> "class " + i).toList();
    for (List<String> names : List.of(drone, many, List.of("a"), List.of("a".repeat(40), "b"))) {
      RgbImage image = ConfusionPlot.draw(longTitle, names, diagonal(names.size()));
      for (int x = 0; x < image.width(); x++) {
        assertEquals(WHITE, image.pixels()[x], "top");
        assertEquals(WHITE, image.pixels()[image.pixels().length - 1 - x], "bottom");
      }
      for (int y = 0; y < image.height(); y++) {
        assertEquals(WHITE, image.pixels()[y * image.width()], "left");
        assertEquals(WHITE, image.pixels()[(y + 1) * image.width() - 1], "right");
      }
    }
  }

  private static List<long[]> diagonal(int classes) {
    List<long[]> confusion = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      long[] row = new long[classes];
      row[c] = c;
      row[(c + 1) % classes] += 3;
      confusion.add(row);
    }
    return confusion;
  }

  /** Row and column of the pixels of a colour. */
  private static List<int[]> places(RgbImage image, int rgb) {
    return IntStream.range(0, image.pixels().length)
        .filter(i -> image.pixels()[i] == rgb)
        .mapToObj(i -> new int[] {i / image.width(), i % image.width()})
        .toList();
  }

  private static double mean(List<int[]> places, int axis) {
    return places.stream().mapToInt(place -> place[axis]).average().orElseThrow();
  }
}
