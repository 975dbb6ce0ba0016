// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
  @Test
  void namesAreUniqueWhateverTheImagesAreCalled() {
    assertEquals(
        List.of("x", "x-2", "x-2-2", "X-3", "y.tar", ".hidden"),
        names("x.jpg", "a/x.png", "x-2.jpg", "X.JPG", "y.tar.png", ".hidden"));
  }

  @Test
  void noImageThatIsToBeReadIsOverwritten() {
    assertEquals(List.of("x-2", "x-mask"), names("x.png", "out/x-mask.png"));
  }

  @Test
  void noFileOfTheUsersIsOverwritten(@TempDir Path folder) throws IOException {
    List<Path> images = List.of(folder.resolve("a.png"), folder.resolve("b.png"));
    List<Path> truth = List.of(folder.resolve("A-mask.png"));
    assertEquals(List.of("a-2", "b"), bases(OutputFiles.in(folder, images, truth)));
    Files.createFile(folder.resolve("b-classes.png"));
    assertEquals(List.of("a", "b-2"), bases(OutputFiles.in(folder, images, List.of())));
    Files.createFile(folder.resolve("b-mask.png"));
    assertEquals(List.of("a", "b-2"), bases(OutputFiles.in(folder, images, List.of())));
    // All three are an earlier run's.
    Files.createFile(folder.resolve("b-overlay.png"));
    assertEquals(List.of("a", "b"), bases(OutputFiles.in(folder, images, List.of())));
  }

  @Test
  void theFilesOfAnImageShareItsName() {
    OutputFiles files =
        OutputFiles.in(Path.of("out"), List.of(Path.of("in", "x.jpg")), List.of()).get(0);
    assertEquals(Path.of("out", "x-mask.png"), files.mask());
    assertEquals(Path.of("out", "x-classes.png"), files.classes());
    assertEquals(Path.of("out", "x-overlay.png"), files.overlay());
  }

  private static List<String> names(String... images) {
    return bases(
        OutputFiles.in(Path.of("out"), Stream.of(images).map(Path::of).toList(), List.of()));
  }

  private static List<String> bases(List<OutputFiles> outputs) {
    return outputs.stream()
        .map(files -> files.mask().getFileName().toString().replace("-mask.png", ""))
        .toList();
  }
}
