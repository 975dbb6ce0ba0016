// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.Pictures;

/** From folders on disk to samples. */
class SegmentationDataTest {
  private static final long IN_MEMORY = 1 << 20;
  private static final long ON_DISK = 0;

  @TempDir Path folder;
  private Path images;
  private Path masks;

  @BeforeEach
  void nameFolders() {
    images = folder.resolve("images");
    masks = folder.resolve("masks");
  }

  /** Every pixel of every sample, computed from its place; in memory and on disk. */
  @Test
  void samplesAreTheCentresOfTheCropsPixels() throws IOException {
    DataFiles.pair(images, masks, "p", 31, 22, 3);
    int[] centres = {1, 3, 6, 8}; // ⌊(i + ½)·2.5⌋
    for (long memory : new long[] {IN_MEMORY, ON_DISK}) {
      try (SegmentationData data = open(new DataOptions(10, 4, 0, null), memory)) {
        Samples samples = data.all();
        assertEquals(6, samples.size());
        assertEquals(4, samples.side());
        assertEquals("p.png, crop 6 of 6", samples.name(5));
        assertEquals(5, data.classes().size());
        int[] rgb = new int[16];
        byte[] labels = new byte[16];
        for (int sample = 0; sample < 6; sample++) {
          samples.read(sample, rgb, labels);
          for (int i = 0; i < 16; i++) {
            // two rows are left over, one of them above, and the last column
            int y = 1 + sample / 3 * 10 + centres[i / 4];
            int x = sample % 3 * 10 + centres[i % 4];
            int expected = (3 * 7919 + (y * 31 + x) * 31) & 0xFFFFFF;
            assertEquals(expected, rgb[i]);
            assertEquals(expected % 5, labels[i]);
          }
        }
      }
    }
  }

  @Test
  void withoutWishesTheLargestSquareIsTaken() throws IOException {
    DataFiles.pair(images, masks, "a", 40, 20, 1);
    DataFiles.pair(images, masks, "b", 30, 50, 2);
    try (SegmentationData data = open(DataOptions.DEFAULT, IN_MEMORY)) {
      assertEquals(20, data.all().side());
      assertEquals(3, data.all().size()); // two of a, one of b
      assertEquals("a.png, crop 2 of 2", data.all().name(1));
      assertEquals("b.png", data.all().name(2));
      assertEquals(0, data.all().source(1));
      assertEquals(1, data.all().source(2));
      assertEquals(2, data.pictures());
    }
  }

  @Test
  void aPicturesCropsStayTogether() throws IOException {
    for (int i = 0; i < 10; i++) {
      DataFiles.pair(images, masks, "p" + i, 16, 8, i);
    }
    try (SegmentationData data = open(new DataOptions(0, 0, 7, null), IN_MEMORY)) {
      List<String> training = names(data.training());
      List<String> validation = names(data.validation());
      assertEquals(16, training.size());
      assertEquals(4, validation.size());
      TreeSet<String> both = new TreeSet<>(training);
      both.addAll(validation);
      assertEquals(both, new TreeSet<>(names(data.all())));
      validation.forEach(
          name -> {
            String file = name.substring(0, name.indexOf(','));
            assertTrue(training.stream().noneMatch(other -> other.startsWith(file)), file);
          });
      try (SegmentationData again = open(new DataOptions(0, 0, 7, null), ON_DISK)) {
        assertEquals(validation, names(again.validation()));
        assertSame(data.validation(), again.validation());
        assertSame(data.training(), again.training());
        assertArrayEquals(data.classWeights(), again.classWeights());
      }
      assertArrayEquals(ClassWeights.medianFrequency(data.training(), 5), data.classWeights(), 0);
      try (SegmentationData other = open(new DataOptions(0, 0, 8, null), IN_MEMORY)) {
        assertFalse(validation.equals(names(other.validation())), "seed 8 splits as seed 7");
      }
    }
  }

  @Test
  void theDroneSetsClassesAreKnownWithoutATable() throws IOException {
    Path drone = folder.resolve("dataset/semantic_drone_dataset");
    DataFiles.write(
        drone.resolve("original_images/000.jpg"), Pictures.jpeg(Pictures.quadrants(4, 4)));
    int[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 22, 23};
    DataFiles.grey(drone.resolve("label_images_semantic/000.png"), 4, values);
    try (SegmentationData data = open(DataOptions.DEFAULT, IN_MEMORY)) {
      assertEquals(ClassPalette.DRONE, data.classes());
      byte[] labels = new byte[16];
      data.all().read(0, new int[16], labels);
      assertEquals(22, labels[14]);
      assertEquals((byte) Samples.IGNORED, labels[15]);
    }
    Files.writeString(folder.resolve("class_dict_seg.csv"), "name, r, g, b\nall, 0, 0, 0\n");
    assertRefused(DataOptions.DEFAULT, "000.png: the value 1 at row 0, column 1", "from 0 to 0)");
  }

  @Test
  void colourMasksNeedATable() throws IOException {
    for (String name : List.of("a", "b")) {
      DataFiles.rgb(images.resolve(name + ".png"), 2, 1, 2, 3, 4);
      DataFiles.rgb(masks.resolve(name + ".png"), 2, 0x010203, 0, 0xFF0000, 0x010203);
    }
    assertRefused(DataOptions.DEFAULT, "a.png: a colour mask needs a table of classes");
    Files.writeString(folder.resolve("class_dict.csv"), "x,0,0,0\ny,1,2,3\nconflicting,255,0,0\n");
    try (SegmentationData data = open(DataOptions.DEFAULT, IN_MEMORY)) {
      byte[] labels = new byte[4];
      data.training().read(0, new int[4], labels);
      assertArrayEquals(new byte[] {1, 0, (byte) 255, 1}, labels);
      // frequencies 1/3 and 2/3 of the pixels that count, median 1/2
      assertArrayEquals(new double[] {1.5, 0.75}, data.classWeights(), 1e-15);
    }
  }

  @Test
  void progressIsToldInOrderOnTheCallersThread() throws IOException {
    for (int i = 0; i < 7; i++) {
      DataFiles.pair(images, masks, "p" + i, 8, 8, i);
    }
    List<String> told = new ArrayList<>();
    Thread caller = Thread.currentThread();
    SegmentationData.open(
            folder,
            DataOptions.DEFAULT,
            (done, total) ->
                told.add((Thread.currentThread() == caller) + " " + done + "/" + total))
        .close();
    assertEquals(7, told.size());
    for (int i = 0; i < 7; i++) {
      assertEquals("true " + (i + 1) + "/7", told.get(i));
    }
  }

  @Test
  void onePictureCanBeJudgedButNotTrainedOn() throws IOException {
    DataFiles.pair(images, masks, "p", 8, 8, 0);
    try (SegmentationData data = open(DataOptions.DEFAULT, IN_MEMORY)) {
      assertEquals(1, data.all().size());
      String message = assertThrows(UnusableFileException.class, data::training).getMessage();
      assertTrue(message.contains("has one picture; training needs at least two"), message);
      assertThrows(UnusableFileException.class, data::validation);
      assertThrows(UnusableFileException.class, data::classWeights);
    }
  }

  /** The first bad file by name is reported, whichever thread fails first. */
  @Test
  void badFilesAreNamed() throws IOException {
    for (int i = 0; i < 6; i++) {
      DataFiles.pair(images, masks, "p" + i, 8, 8, i);
    }
    byte[] jpeg = Pictures.jpeg(Pictures.quadrants(8, 8));
    DataFiles.write(images.resolve("p5.png"), Arrays.copyOf(jpeg, jpeg.length - 2));
    assertRefused(DataOptions.DEFAULT, "p5.png: the JPEG is truncated");
    DataFiles.rgb(images.resolve("p3.png"), 4, new int[32]);
    assertRefused(DataOptions.DEFAULT, "p3.png: the mask has 8×8 pixels, its picture 4×8");
    DataFiles.grey(masks.resolve("p2.png"), 8, new int[64]);
    assertRefused(new DataOptions(9, 0, 0, null), "too few for a crop of 9; choose one up to 8");
    DataFiles.write(masks.resolve("p1.png"), new byte[] {1, 2, 3});
    assertRefused(DataOptions.DEFAULT, "p1.png: not a JPEG or PNG picture");
    byte[] png = Files.readAllBytes(masks.resolve("p2.png"));
    DataFiles.write(masks.resolve("p1.png"), Arrays.copyOf(png, 20));
    assertRefused(DataOptions.DEFAULT, "p1.png: the PNG is truncated");
    Files.delete(masks.resolve("p0.png"));
    Files.createSymbolicLink(masks.resolve("p0.png"), masks.resolve("p0.png"));
    assertRefused(DataOptions.DEFAULT, "p0.png: no such file");
  }

  @Test
  void theScratchFileGoesWithTheData() throws IOException {
    DataFiles.pair(images, masks, "a", 8, 8, 0);
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    DataOptions options = new DataOptions(0, 0, 0, scratch);
    SegmentationData data = open(options, ON_DISK);
    Samples samples = data.all();
    samples.read(0, new int[64], new byte[64]);
    data.close();
    assertEquals(0, scratch.toFile().list().length);
    assertThrows(IllegalStateException.class, () -> samples.read(0, new int[64], new byte[64]));
    DataFiles.write(masks.resolve("a.png"), new byte[0]);
    assertThrows(UnusableFileException.class, () -> open(options, ON_DISK));
    assertEquals(0, scratch.toFile().list().length);
  }

  @Test
  void anUnusableScratchFolderIsSaid() throws IOException {
    DataFiles.pair(images, masks, "a", 8, 8, 0);
    DataOptions absent = new DataOptions(0, 0, 0, folder.resolve("absent"));
    String message =
        assertThrows(UnusableFileException.class, () -> open(absent, ON_DISK)).getMessage();
    assertTrue(message.contains("absent: cannot hold decoded pictures (NoSuchFile"), message);
    String full =
        assertThrows(
                UnusableFileException.class,
                () -> ScratchStore.create(folder, Integer.MAX_VALUE, 4096 * 4096))
            .getMessage();
    assertTrue(full.contains("MB are needed for decoded pictures"), full);
  }

  @Test
  void optionsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new DataOptions(-1, 0, 0, null));
    assertThrows(IllegalArgumentException.class, () -> new DataOptions(0, 4097, 0, null));
  }

  private SegmentationData open(DataOptions options, long memory) {
    return SegmentationData.open(folder, options, DataListener.NONE, memory);
  }

  private void assertRefused(DataOptions options, String... parts) {
    String message =
        assertThrows(UnusableFileException.class, () -> open(options, IN_MEMORY)).getMessage();
    assertFalse(message.contains("\n"), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private static void assertSame(Samples a, Samples b) {
    int pixels = a.side() * a.side();
    int[][] rgb = new int[2][pixels];
    byte[][] labels = new byte[2][pixels];
    for (int i = 0; i < a.size(); i++) {
      a.read(i, rgb[0], labels[0]);
      b.read(i, rgb[1], labels[1]);
      assertArrayEquals(rgb[0], rgb[1]);
      assertArrayEquals(labels[0], labels[1]);
    }
  }

  private static List<String> names(Samples samples) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      names.add(samples.name(i));
    }
    return names;
  }
}
