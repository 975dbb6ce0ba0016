// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ofp.cli.error.OneLine;

/**
 * Rows of text in columns as wide as their longest entry. Entries may come from drivers and are
 * kept on one line.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table whose first row names the columns. */
  public TextTable(String... header) {
    row(header);
  }

  /** Adds a row with as many entries as the header has. */
  public TextTable row(String... entries) {
    if (!rows.isEmpty() && rows.get(0).size() != entries.length) {
      throw new IllegalArgumentException(entries.length + " entries");
    }
    rows.add(Arrays.stream(entries).map(OneLine::of).toList());
    return this;
  }

  /** Prints all rows, indented. */
  public void print(PrintStream out, String indent) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int column = 0; column < widths.length; column++) {
        String entry = row.get(column);
        line.append(entry).append(" ".repeat(widths[column] - width(entry))).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static int width(String entry) {
    return entry.codePointCount(0, entry.length());
  }
}
