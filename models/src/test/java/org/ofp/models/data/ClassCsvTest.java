// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.UnusableFileException;

class ClassCsvTest {
  private static final ClassPalette TWO =
      new ClassPalette(
          List.of(
              new ClassPalette.Entry("ground", 0xFF000000),
              new ClassPalette.Entry("tree", 0xFF00FF07)));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,r,g,b\nground,0,0,0\ntree,0,255,7\n",
        "name, r, g, b\r\nground, 0, 0, 0\r\ntree, 0, 255, 7\r\n",
        "ground,0,0,0\ntree,0,255,7",
        "\uFEFF\"name\", \"r\",\"g\",\"b\"\n\n \"ground\" ,0,0,\"0\"\n\n\"tree\",0, 255 ,7\n\n",
        "Name,R,G,B\rground,0,0,0\rtree,0,255,007\r",
        "id,b,g,r,name\n1,0,0,0,ground\n2,7,255,0,tree"
      })
  void readsTablesAsPeopleWriteThem(String text) throws IOException {
    assertEquals(TWO, ClassCsv.read(write(text)));
  }

  @Test
  void writtenTablesAreReadBack() throws IOException {
    Path file = folder.resolve("classes.csv");
    ClassCsv.write(file, ClassPalette.DRONE);
    assertTrue(Files.readString(file).startsWith("name, r, g, b\nunlabeled, 0, 0, 0\npaved-area"));
    assertEquals(ClassPalette.DRONE, ClassCsv.read(file));
    ClassPalette odd =
        new ClassPalette(
            List.of(
                new ClassPalette.Entry("a, \"b\"", 0xFF010203),
                new ClassPalette.Entry("größer", 0xFFFFFFFF)));
    ClassCsv.write(file, odd);
    assertEquals(odd, ClassCsv.read(file));
  }

  @Test
  void refusesToWriteWhatItCouldNotRead() {
    Path file = folder.resolve("classes.csv");
    for (String name : List.of("", " a", "a\nb")) {
      ClassPalette palette = new ClassPalette(List.of(new ClassPalette.Entry(name, 0)));
      assertThrows(IllegalArgumentException.class, () -> ClassCsv.write(file, palette));
    }
    ClassPalette none = new ClassPalette(List.of());
    assertThrows(IllegalArgumentException.class, () -> ClassCsv.write(file, none));
    assertFalse(Files.exists(file));
  }

  /** As in the drone set, whose 24th row is conflicting, 255, 0, 0. */
  @Test
  void aLastRowCalledConflictingIsNoClass() throws IOException {
    ClassTable table = ClassCsv.readTable(write("a,0,0,0\nb,1,1,1\nconflicting,255,0,0\n"));
    assertEquals(2, table.classes().size());
    assertEquals(OptionalInt.of(0xFF0000), table.ignored());
    assertEquals(OptionalInt.empty(), ClassCsv.readTable(write("a,0,0,0\n")).ignored());
    assertRefused("a,0,0,0\nconflicting,255,0,0\nb,1,1,1\n", ":2:", "must be the last");
    assertRefused("conflicting,255,0,0\n", "has no classes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,0,0,0;b,0,0            | :2: | 3 fields; expected 4",
        "a,0,0,0;b,0,0,0,0        | :2: | 5 fields",
        "a,0,0,0;b,0,256,0        | :2: | g is '256'; allowed are whole numbers from 0 to 255",
        "a,0,0,0;b,0,-1,0         | :2: | g is '-1'",
        "a,0,0,0;b,0,1.5,0        | :2: | g is '1.5'",
        "a,0,0,0;b,0,99999999999,0| :2: | g is '99999999999'",
        "a,0,0,0;;b,0,,0          | :3: | g is ''",
        "a,0,0,0;A,0,1,0          | :2: | 'A' is in line 1 already",
        "a,0,0,0;b,0,0,0          | :2: | line 1 has the same colour",
        "a,0,0,0;,0,0,1           | :2: | no name",
        "a,0,0,0;b@c,0,0,1        | :2: | the name 'b?c' has control characters",
        "a,0,0,0;ignored,1,0,0;;b,0,0,1 | :2: | the row 'ignored' is no class",
        "name,r,g;a,0,0           | :1: | expected a header or row 'name, r, g, b'",
        "tree                     | :1: | expected a header or row",
        "a,0,0,0;'\"b,0,0,1'      | :2: | quote is not closed",
        "name,r,g,b               | ''  | has no classes",
        "''                       | ''  | has no classes"
      })
  void errorsNameFileAndLine(String rows, String at, String what) throws IOException {
    assertRefused(rows.replace("'", "").replace(';', '\n').replace('@', '\t'), at, what);
  }

  @Test
  void refusesTooManyClassesOtherEncodingsAndOtherFiles() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 255; i++) {
      rows.append("c").append(i).append(",1,1,").append(i).append('\n');
    }
    assertEquals(255, ClassCsv.read(write(rows.toString())).size());
    assertRefused(rows + "more,0,0,0\n", "256 classes; at most 255");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "größer,0,0,0\n".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(message(latin).contains("not UTF-8"));
    assertTrue(message(folder).contains("is a folder"));
    assertTrue(message(folder.resolve("absent.csv")).contains("no such file"));
    assertRefused("a".repeat((1 << 20) + 1), "more than 1048576 bytes");
  }

  private void assertRefused(String text, String... parts) throws IOException {
    Path file = write(text);
    String message = message(file);
    assertTrue(message.startsWith(file.toString()), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("\n"), message);
  }

  private static String message(Path file) {
    return assertThrows(UnusableFileException.class, () -> ClassCsv.read(file)).getMessage();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("classes.csv"), text);
  }
}
