// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.io.UnusableFileException;

class InputPicturesTest {
  @TempDir Path folder;

  @Test
  void filesAreTakenAsNamed() {
    Path out = folder.resolve("out");
    List<Path> named = List.of(folder.resolve("b.tiff"), folder.resolve("a-mask.png"));
    assertEquals(new InputPictures(named, List.of()), InputPictures.of(named, out));
  }

  @Test
  void whatIsNamedTwiceIsTakenOnce() throws IOException {
    files("a.png", "b.jpeg");
    InputPictures pictures =
        InputPictures.of(
            List.of(folder.resolve("b.jpeg"), folder, folder.resolve("x/../a.png")),
            folder.resolve("out"));
    assertEquals(List.of("b.jpeg", "a.png"), names(pictures));
    assertEquals(List.of("2 pictures named more than once, taken once"), pictures.notes());
  }

  @Test
  void resultsAreKnownByTheirCompany() throws IOException {
    files("a.png", "a-mask.png", "a-classes.png", "a-overlay.png", "gas-mask.png", "notes.txt");
    Files.createDirectory(folder.resolve("folder.png"));
    InputPictures elsewhere = InputPictures.of(List.of(folder), folder.resolve("out"));
    assertEquals(List.of("a.png", "gas-mask.png"), names(elsewhere));
    assertEquals(
        List.of(folder + ": 2 pictures; passed over: 1 other file, 3 results of an earlier run"),
        elsewhere.notes());
    // Where results go, one whose company was deleted is a result too.
    InputPictures here = InputPictures.of(List.of(folder), folder.resolve("x/.."));
    assertEquals(List.of("a.png"), names(here));
  }

  @Test
  void aFolderOfResultsAloneIsTold() throws IOException {
    files("a-mask.png", "a-classes.png", "a-overlay.png", "summary.json");
    UnusableFileException thrown =
        assertThrows(
            UnusableFileException.class,
            () -> InputPictures.of(List.of(folder), folder.resolve("out")));
    assertTrue(thrown.getMessage().contains("but results of an earlier run"), thrown.getMessage());
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
  }

  private static List<String> names(InputPictures pictures) {
    return pictures.files().stream().map(file -> file.getFileName().toString()).toList();
  }
}
