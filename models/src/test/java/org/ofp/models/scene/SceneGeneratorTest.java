// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.models.image.ClassPalette;

class SceneGeneratorTest {
  private static final SceneGenerator SCENES = SceneGenerator.of(5, SceneOptions.of(96));

  @Test
  void classesAreThoseOfThePalette() {
    assertEquals(ClassPalette.DRONE.size(), SceneClass.values().length);
    for (SceneClass c : SceneClass.values()) {
      String name = ClassPalette.DRONE.classes().get(c.label()).name();
      assertEquals(name.replace('-', '_').toUpperCase(Locale.ROOT), c.name());
    }
  }

  @Test
  void aSceneDependsOnSeedAndIndexAlone() {
    LabelledPicture first = SCENES.scene(3);
    LabelledPicture again = SceneGenerator.of(5, SceneOptions.of(96)).scene(3);
    assertArrayEquals(first.rgb(), again.rgb());
    assertArrayEquals(first.labels(), again.labels());
    assertFalse(Arrays.equals(first.rgb(), SCENES.scene(4).rgb()));
    SceneGenerator other = SceneGenerator.of(6, SceneOptions.of(96));
    assertFalse(Arrays.equals(first.rgb(), other.scene(3).rgb()));
  }

  @Test
  void threadsDoNotMatter() throws Exception {
    LabelledPicture[] alone =
        IntStream.range(0, 12).mapToObj(SCENES::scene).toArray(LabelledPicture[]::new);
    ForkJoinPool pool = new ForkJoinPool(5);
    try {
      LabelledPicture[] together =
          pool.submit(
                  () ->
                      IntStream.range(0, 12)
                          .parallel()
                          .mapToObj(SCENES::scene)
                          .toArray(LabelledPicture[]::new))
              .get();
      for (int i = 0; i < alone.length; i++) {
        assertArrayEquals(alone[i].rgb(), together[i].rgb());
        assertArrayEquals(alone[i].labels(), together[i].labels());
      }
    } finally {
      pool.shutdown();
    }
  }

  /** On every machine and JDK; a change here changes every data set that was ever made. */
  @Test
  void masksAndPicturesStayAsTheyAre() {
    CRC32 masks = new CRC32();
    CRC32 pictures = new CRC32();
    for (int i = 0; i < 20; i++) {
      LabelledPicture scene = SCENES.scene(i);
      masks.update(scene.labels());
      for (int rgb : scene.rgb()) {
        pictures.update(rgb >> 16);
        pictures.update(rgb >> 8);
        pictures.update(rgb);
      }
    }
    assertEquals("379feac8", Long.toHexString(masks.getValue()));
    assertEquals("9c3d4928", Long.toHexString(pictures.getValue()));
  }

  /**
   * Masks at 64 and 192 pixels, whose centres coincide in every third pixel of the larger one,
   * agree exactly there; pictures agree after averaging but for sharpening, grain and fine texture.
   */
  @Test
  void theSizeChangesNothingButThePixels() {
    SceneGenerator small = SceneGenerator.of(5, SceneOptions.of(64));
    SceneGenerator large = SceneGenerator.of(5, SceneOptions.of(192));
    int different = 0;
    double error = 0;
    int scenes = 8;
    for (int s = 0; s < scenes; s++) {
      LabelledPicture a = small.scene(s);
      LabelledPicture b = large.scene(s);
      for (int i = 0; i < 64 * 64; i++) {
        int row = 3 * (i / 64);
        int col = 3 * (i % 64);
        different += a.labels()[i] == b.labels()[(row + 1) * 192 + col + 1] ? 0 : 1;
        double mean = 0;
        for (int k = 0; k < 9; k++) {
          mean += (b.rgb()[(row + k / 3) * 192 + col + k % 3] >> 8 & 255) / 9.0;
        }
        error += Math.abs(mean - (a.rgb()[i] >> 8 & 255)) / (64 * 64 * scenes);
      }
    }
    // A centre can lie on an edge to rounding.
    assertTrue(different <= 0.0005 * 64 * 64 * scenes, "labels differ: " + different);
    assertTrue(error < 10, "grey levels differ by " + error);
  }

  /** Brightness jumps where the mask does, and not where a mask of another scene does. */
  @Test
  void picturesShowWhatMasksSay() {
    double own = 0;
    double other = 0;
    double everywhere = 0;
    int scenes = 12;
    for (int i = 0; i < scenes; i++) {
      LabelledPicture scene = SCENES.scene(i);
      own += contrast(scene.rgb(), scene.labels(), 96) / scenes;
      other += contrast(scene.rgb(), SCENES.scene(i + scenes).labels(), 96) / scenes;
      everywhere += contrast(scene.rgb(), checks(96), 96) / scenes;
    }
    System.out.printf(
        "contrast at edges of the mask %.1f, of another scene's %.1f, anywhere %.1f%n",
        own, other, everywhere);
    assertTrue(own > 2 * everywhere, own + " and " + everywhere);
    assertTrue(other < 1.4 * everywhere, other + " and " + everywhere);
  }

  /** Mean difference of brightness between neighbours in a row whose labels differ. */
  private static double contrast(int[] rgb, byte[] labels, int side) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < rgb.length; i++) {
      if (i % side > 0 && labels[i] != labels[i - 1]) {
        sum += Math.abs((rgb[i] >> 8 & 255) - (rgb[i - 1] >> 8 & 255));
        count++;
      }
    }
    return sum / Math.max(1, count);
  }

  private static byte[] checks(int side) {
    byte[] labels = new byte[side * side];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % side & 1);
    }
    return labels;
  }

  /** At the ends of the range, where a scene may hold next to nothing or very much. */
  @ParameterizedTest
  @CsvSource({"16, 4, 4", "33, 40, 40", "1100, 12, 13"})
  void everySizeAndWidthWorks(int side, double least, double largest) {
    SceneGenerator scenes = SceneGenerator.of(1, new SceneOptions(side, least, largest));
    int count = side > 1000 ? 1 : 60;
    for (int i = 0; i < count; i++) {
      assertEquals(side * side, scenes.scene(i).rgb().length);
    }
    assertEquals(side, scenes.scene(-1).side());
  }

  @Test
  void optionsAreChecked() {
    assertTrue(refused(15, 8, 24).contains("side = 15 must be from 16 to 2048 pixels"));
    assertTrue(refused(2049, 8, 24).contains("side = 2049"));
    assertTrue(refused(64, 3, 24).contains("ground = 3.0 to 24.0 must be from 4.0 to 40.0 metres"));
    assertTrue(refused(64, 9, 8).contains("the smaller one first"));
    assertTrue(refused(64, Double.NaN, 8).contains("NaN"));
  }

  private static String refused(int side, double least, double largest) {
    return assertThrows(
            IllegalArgumentException.class, () -> new SceneOptions(side, least, largest))
        .getMessage();
  }
}
