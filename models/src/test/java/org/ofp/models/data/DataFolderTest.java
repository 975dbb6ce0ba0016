// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.models.io.UnusableFileException;

class DataFolderTest {
  @TempDir Path folder;

  @Test
  void theDroneSetsLayout() throws IOException {
    touch("original_images/001.jpg", "original_images/000.JPG");
    touch("label_images_semantic/000.png", "label_images_semantic/001.png", "class_dict_seg.csv");
    DataFolder found = DataFolder.find(folder);
    assertTrue(found.drone());
    assertEquals(List.of("000", "001"), names(found));
    assertEquals(folder.resolve("original_images/000.JPG"), found.pairs().get(0).image());
    assertEquals(folder.resolve("label_images_semantic/000.png"), found.pairs().get(0).mask());
    assertEquals(Optional.of(folder.resolve("class_dict_seg.csv")), found.classCsv());
  }

  /** The archive has the table at its top, the pictures two folders below. */
  @ParameterizedTest
  @ValueSource(strings = {"", "dataset", "dataset/semantic_drone_dataset"})
  void theDroneSetsArchive(String opened) throws IOException {
    touch("class_dict_seg.csv", "RGB_color_image_masks/RGB_color_image_masks/000.png");
    touch("dataset/semantic_drone_dataset/original_images/000.jpg");
    touch("dataset/semantic_drone_dataset/label_images_semantic/000.png");
    DataFolder found = DataFolder.find(folder.resolve(opened));
    assertEquals(List.of("000"), names(found));
    assertEquals(Optional.of(folder.resolve("class_dict_seg.csv")), found.classCsv());
  }

  @Test
  void anyOthersLayout() throws IOException {
    touch("images/b.jpeg", "images/a.png", "masks/a.png", "masks/b.png", "masks/unused.png");
    assertEquals(List.of("a", "b"), names(DataFolder.find(folder)));
    assertFalse(DataFolder.find(folder).drone());
    assertEquals(Optional.empty(), DataFolder.find(folder).classCsv());
    touch("class_dict_x.csv");
    assertEquals("class_dict_x.csv", csvName());
    touch("class_dict.csv");
    assertRefused("several tables of classes", "class_dict.csv and class_dict_x.csv");
    touch("classes.csv");
    assertEquals("classes.csv", csvName());
  }

  @Test
  void otherFilesArePassedOver() throws IOException {
    touch("images/a.png", "masks/a.png");
    touch("images/.DS_Store", "images/._a.png", "images/Thumbs.db", "images/notes.txt", "images/x");
    Files.createDirectories(folder.resolve("images/folder.png"));
    Files.createSymbolicLink(folder.resolve("images/loop"), folder.resolve("images"));
    Files.createSymbolicLink(folder.resolve("masks/up.png"), folder);
    assertEquals(List.of("a"), names(DataFolder.find(folder)));
  }

  @Test
  void linksToPicturesAreFollowed() throws IOException {
    touch("elsewhere/1.png", "masks/a.png");
    Files.createDirectories(folder.resolve("images"));
    Files.createSymbolicLink(folder.resolve("images/a.png"), folder.resolve("elsewhere/1.png"));
    assertEquals(List.of("a"), names(DataFolder.find(folder)));
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    assertRefused("has neither the folders images and masks nor original_images and");
    assertTrue(message(folder.resolve("absent")).contains("no such folder"));
    touch("file");
    assertTrue(message(folder.resolve("file")).contains("is a file"));
    touch("images/a.png");
    assertRefused("has neither");
    Files.createDirectories(folder.resolve("masks"));
    assertRefused("masks: has no JPEG or PNG files; put the masks there");
    touch("masks/z.png");
    assertRefused("masks: no mask has the name of a picture, such as 'a'");
    touch("masks/a.png", "images/b.png");
    assertRefused("b.png: has no mask " + folder.resolve("masks/b.png"));
    touch("masks/b.png", "images/b.jpg");
    assertRefused("b.png: b.jpg has the same name");
  }

  @Test
  void unreadableFoldersAreSaid() throws IOException {
    touch("images/a.png", "masks/a.png");
    Files.setPosixFilePermissions(
        folder.resolve("masks"), PosixFilePermissions.fromString("-wx------"));
    try {
      assumeTrue(!Files.isReadable(folder.resolve("masks")), "root reads everything");
      assertRefused("masks: permission denied");
    } finally {
      Files.setPosixFilePermissions(
          folder.resolve("masks"), PosixFilePermissions.fromString("rwx------"));
    }
  }

  private String csvName() {
    return DataFolder.find(folder).classCsv().orElseThrow().getFileName().toString();
  }

  private static List<String> names(DataFolder found) {
    return found.pairs().stream().map(DataFolder.Pair::name).toList();
  }

  private void assertRefused(String... parts) {
    String message = message(folder);
    assertFalse(message.contains("\n"), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private static String message(Path opened) {
    return assertThrows(UnusableFileException.class, () -> DataFolder.find(opened)).getMessage();
  }

  private void touch(String... files) throws IOException {
    for (String file : files) {
      DataFiles.write(folder.resolve(file), new byte[0]);
    }
  }
}
