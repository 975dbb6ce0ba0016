// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.UnusableFileException;

/** Whatever stands in a table of classes, it is read whole or refused in one line. */
class ClassCsvMutationTest {
  private static final String VALID = "name, r, g, b\na, 1, 2, 3\n\"b, c\", 4, 5, 6\r\nd, 7, 8, 9";

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("classes");
  }

  @AfterContainer
  static void clean() throws IOException {
    Files.deleteIfExists(folder.resolve("classes.csv"));
    Files.delete(folder);
  }

  @Property(tries = 1000)
  void anyEditIsReadOrRefused(
      @ForAll("positions") int at, @ForAll("positions") int removed, @ForAll("text") String text)
      throws IOException {
    int end = Math.min(VALID.length(), at + removed % 6);
    Path file = folder.resolve("classes.csv");
    Files.writeString(file, VALID.substring(0, at) + text + VALID.substring(end));
    try {
      ClassPalette palette = ClassCsv.read(file);
      assertTrue(palette.size() >= 1);
      assertTrue(palette.classes().stream().allMatch(e -> e.argb() >>> 24 == 255));
      long names = palette.classes().stream().map(ClassPalette.Entry::name).distinct().count();
      assertEquals(palette.size(), names);
    } catch (UnusableFileException e) {
      assertFalse(e.getMessage().isBlank());
      assertFalse(e.getMessage().contains("\n"), e.getMessage());
    }
  }

  @Property(tries = 100)
  void anyNamesAreReadBack(@ForAll("names") List<String> names) throws IOException {
    ClassPalette palette =
        new ClassPalette(
            names.stream()
                .map(n -> new ClassPalette.Entry(n, 0xFF000000 | names.indexOf(n)))
                .toList());
    Path file = folder.resolve("classes.csv");
    ClassCsv.write(file, palette);
    assertEquals(palette, ClassCsv.read(file));
  }

  @Provide
  Arbitrary<Integer> positions() {
    return Arbitraries.integers().between(0, VALID.length());
  }

  @Provide
  Arbitrary<String> text() {
    Arbitrary<String> csv =
        Arbitraries.strings().withChars("\",\n\r 0123456789-abname").ofMaxLength(8);
    return Arbitraries.oneOf(csv, Arbitraries.strings().ofMaxLength(4));
  }

  /** Without regard to case, names differ. */
  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .withChars("abcdef,\"'; 0ä")
        .ofMinLength(1)
        .ofMaxLength(6)
        .filter(n -> n.equals(n.strip()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .uniqueElements();
  }
}
