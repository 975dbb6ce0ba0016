// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.ImageFile;

class SceneFolderTest {
  private static final int SIDE = 48;
  private static final SceneGenerator SCENES = SceneGenerator.of(3, SceneOptions.of(SIDE));

  @TempDir private Path folder;

  @Test
  void theFolderHoldsTheScenes() throws IOException {
    AtomicInteger written = new AtomicInteger();
    long[] pixels = SceneFolder.write(folder, SCENES, 3, written::incrementAndGet);
    assertEquals(3, written.get());
    assertEquals(3 * SIDE * SIDE, Arrays.stream(pixels).sum());
    assertEquals(
        List.of(
            "class_dict_seg.csv",
            "label_images_semantic/000.png",
            "label_images_semantic/001.png",
            "label_images_semantic/002.png",
            "original_images/000.jpg",
            "original_images/001.jpg",
            "original_images/002.jpg"),
        files());
    for (int i = 0; i < 3; i++) {
      LabelledPicture scene = SCENES.scene(i);
      Raster mask =
          ImageIO.read(folder.resolve("label_images_semantic/00" + i + ".png").toFile())
              .getRaster();
      assertEquals(1, mask.getNumBands());
      int[] levels = mask.getSamples(0, 0, SIDE, SIDE, 0, (int[]) null);
      int[] rgb = ImageFile.read(folder.resolve("original_images/00" + i + ".jpg")).pixels();
      double error = 0;
      for (int k = 0; k < levels.length; k++) {
        assertEquals(scene.labels()[k], levels[k]);
        error += Math.abs((rgb[k] >> 8 & 255) - (scene.rgb()[k] >> 8 & 255));
      }
      // JPEG of quality 0.92 quantises by a few grey levels; another picture would be 30 away.
      assertTrue(error / levels.length < 6, "green differs by " + error / levels.length);
    }
    List<String> table = Files.readAllLines(folder.resolve("class_dict_seg.csv"));
    assertEquals(24, table.size());
    assertEquals("name, r, g, b", table.get(0));
    assertEquals("paved-area, 128, 64, 128", table.get(2));
  }

  @Test
  void threadsDoNotChangeTheFiles() throws Exception {
    SceneFolder.write(folder.resolve("a"), SCENES, 9, () -> {});
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      one.submit(() -> SceneFolder.write(folder.resolve("b"), SCENES, 9, () -> {})).get();
    } finally {
      one.shutdown();
    }
    for (String name : files()) {
      if (name.startsWith("a/")) {
        byte[] expected = Files.readAllBytes(folder.resolve(name));
        assertArrayEquals(expected, Files.readAllBytes(folder.resolve("b/" + name.substring(2))));
      }
    }
    assertEquals(2 * 19, files().size());
  }

  @Test
  void picturesThatAreThereAreNotTouched() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("original_images")).resolve("mine.jpg");
    Files.write(mine, new byte[] {1});
    UnusableFileException e =
        assertThrows(
            UnusableFileException.class, () -> SceneFolder.write(folder, SCENES, 1, () -> {}));
    assertTrue(e.getMessage().startsWith(folder + ": has pictures already"), e.getMessage());
    assertEquals(List.of("original_images/mine.jpg"), files());
  }

  /** Several times, as what matters is what the other threads do meanwhile. */
  @RepeatedTest(4)
  void aFailureLeavesNothing() throws IOException {
    Files.write(folder.resolve("notes.txt"), new byte[] {1});
    AtomicInteger written = new AtomicInteger();
    Runnable failing =
        () -> {
          if (written.incrementAndGet() == 4) {
            throw new IllegalStateException("stop");
          }
        };
    assertThrows(IllegalStateException.class, () -> SceneFolder.write(folder, SCENES, 40, failing));
    assertTrue(written.get() < 40, "the others stop soon");
    assertEquals(List.of("notes.txt"), files());
    // Where a file is in the way of a folder, so does an error of the file system.
    Files.write(folder.resolve("label_images_semantic"), new byte[] {1});
    assertThrows(IOException.class, () -> SceneFolder.write(folder, SCENES, 2, () -> {}));
    assertEquals(List.of("label_images_semantic", "notes.txt"), files());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
