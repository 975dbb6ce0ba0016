// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.AtomicFile;
import org.ofp.models.io.InputFile;
import org.ofp.models.io.Quoted;
import org.ofp.models.io.UnusableFileException;

/**
 * Tables of classes as comma-separated text, one class a row in the order of their values in masks:
 * {@code name, r, g, b}, colours from 0 to 255. A header row, spaces around fields, quotes, a byte
 * order mark, blank lines and either line ending are accepted; the text is UTF-8.
 *
 * <p>A last row called {@code conflicting} or {@code ignored} is no class: its pixels become {@link
 * Samples#IGNORED} and count neither in a loss nor in a metric. The Semantic Drone Dataset has one
 * after its 23 classes.
 */
public final class ClassCsv {
  /** Labels are unsigned bytes, and 255 means ignored. */
  static final int MAX_CLASSES = Samples.IGNORED;

  private static final long MAX_BYTES = 1 << 20;
  private static final Set<String> NO_CLASS = Set.of("conflicting", "ignored");
  private static final int OPAQUE = 0xFF000000;

  private ClassCsv() {}

  /**
   * Reads a table's classes, without the row that is ignored.
   *
   * @throws UnusableFileException if the file is missing or no table of 1 to 255 classes with names
   *     and colours of their own, or a name has control characters; the message names file, line
   *     and remedy
   */
  public static ClassPalette read(Path file) {
    return readTable(file).classes();
  }

  /**
   * Writes a table, all of it or nothing.
   *
   * @throws IllegalArgumentException if there are no classes, or too many, or a name is blank or
   *     has control characters
   */
  public static void write(Path file, ClassPalette palette) throws IOException {
    if (palette.size() == 0 || palette.size() > MAX_CLASSES) {
      throw new IllegalArgumentException(
          palette.size() + " classes; a table has from 1 to " + MAX_CLASSES);
    }
    StringBuilder text = new StringBuilder("name, r, g, b\n");
    for (ClassPalette.Entry entry : palette.classes()) {
      int argb = entry.argb();
      text.append(CsvFields.quoted(entry.name()))
          .append(String.format(Locale.ROOT, ", %d", argb >> 16 & 0xFF))
          .append(String.format(Locale.ROOT, ", %d", argb >> 8 & 0xFF))
          .append(String.format(Locale.ROOT, ", %d%n", argb & 0xFF).replace("\r", ""));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** As {@link #read}, with the row that is ignored. */
  static ClassTable readTable(Path file) {
    return new Reader(file).read();
  }

  /** One reading of one file. */
  private static final class Reader {
    private final Path file;
    private final List<ClassPalette.Entry> entries = new ArrayList<>();
    private final Map<String, Integer> lineOfName = new HashMap<>();
    private final Map<Integer, Integer> lineOfColour = new HashMap<>();
    private CsvColumns columns;
    private int line;

    Reader(Path file) {
      this.file = file;
    }

    ClassTable read() {
      for (String text : text().split("\r\n|\n|\r", -1)) {
        line++;
        if (!text.isBlank()) {
          row(CsvFields.of(text).orElseThrow(() -> wrong("a quote is not closed; close it")));
        }
      }
      OptionalInt ignored = OptionalInt.empty();
      if (lastIsNoClass()) {
        ignored = OptionalInt.of(entries.remove(entries.size() - 1).argb() & ~OPAQUE);
      }
      if (entries.isEmpty()) {
        throw new UnusableFileException(
            file + ": has no classes; write a row 'name, r, g, b' for each");
      }
      if (entries.size() > MAX_CLASSES) {
        throw new UnusableFileException(
            file + ": has " + entries.size() + " classes; at most " + MAX_CLASSES + " are allowed");
      }
      return new ClassTable(new ClassPalette(entries), ignored);
    }

    private boolean lastIsNoClass() {
      return !entries.isEmpty()
          && NO_CLASS.contains(entries.get(entries.size() - 1).name().toLowerCase(Locale.ROOT));
    }

    private String text() {
      InputFile.check(file);
      try {
        if (Files.size(file) > MAX_BYTES) {
          throw new UnusableFileException(
              file + ": has more than " + MAX_BYTES + " bytes; this is no table of classes");
        }
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        throw new UnusableFileException(file + ": is not UTF-8 text; save it as such", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void row(List<String> fields) {
      if (columns == null) {
        columns = CsvColumns.of(fields);
        if (columns.isHeader()) {
          if (!columns.isComplete()) {
            throw wrong(
                "expected a header or row 'name, r, g, b', not "
                    + Quoted.of(String.join(", ", fields)));
          }
          return;
        }
      }
      if (!columns.fit(fields)) {
        throw wrong(
            fields.size() + " fields; expected " + columns.count() + ", separated by commas");
      }
      int colour =
          component(columns.red(fields), "r") << 16
              | component(columns.green(fields), "g") << 8
              | component(columns.blue(fields), "b");
      add(columns.name(fields), colour);
    }

    private void add(String name, int colour) {
      if (name.isBlank()) {
        throw wrong("the class has no name; give it one");
      }
      if (name.codePoints().anyMatch(Character::isISOControl)) {
        throw wrong("the name " + Quoted.of(name) + " has control characters; remove them");
      }
      if (lastIsNoClass()) {
        String last = entries.get(entries.size() - 1).name();
        throw wrong(
            lineOfName.get(last.toLowerCase(Locale.ROOT)),
            "the row " + Quoted.of(last) + " is no class and must be the last");
      }
      Integer sameName = lineOfName.putIfAbsent(name.toLowerCase(Locale.ROOT), line);
      if (sameName != null) {
        throw wrong(
            "the class " + Quoted.of(name) + " is in line " + sameName + " already; rename one");
      }
      Integer sameColour = lineOfColour.putIfAbsent(colour, line);
      if (sameColour != null) {
        throw wrong("line " + sameColour + " has the same colour; each class needs its own");
      }
      entries.add(new ClassPalette.Entry(name, OPAQUE | colour));
    }

    private int component(String text, String column) {
      int value = CsvColumns.integer(text).orElse(-1);
      if (value < 0 || value > 255) {
        throw wrong(
            column + " is " + Quoted.of(text) + "; allowed are whole numbers from 0 to 255");
      }
      return value;
    }

    private UnusableFileException wrong(String what) {
      return wrong(line, what);
    }

    private UnusableFileException wrong(int at, String what) {
      return new UnusableFileException(file + ":" + at + ": " + what);
    }
  }
}
