// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
  void theFilesOfAnImageShareItsName() {
    OutputFiles files = OutputFiles.in(Path.of("out"), List.of(Path.of("in", "x.jpg"))).get(0);
    assertEquals(Path.of("out", "x-mask.png"), files.mask());
    assertEquals(Path.of("out", "x-classes.png"), files.classes());
    assertEquals(Path.of("out", "x-overlay.png"), files.overlay());
  }

  private static List<String> names(String... images) {
    return OutputFiles.in(Path.of("out"), Stream.of(images).map(Path::of).toList()).stream()
        .map(files -> files.mask().getFileName().toString().replace("-mask.png", ""))
        .toList();
  }
}
