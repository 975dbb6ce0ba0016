// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Where a table of classes has its name and colour, by its first row. */
final class CsvColumns {
  private static final List<String> NAMES = List.of("name", "r", "g", "b");

  private final boolean header;
  private final int[] at;
  private final int count;

  private CsvColumns(boolean header, int[] at, int count) {
    this.header = header;
    this.at = at;
    this.count = count;
  }

  /** A first row without a number is a header; one with numbers is the first class. */
  static CsvColumns of(List<String> firstRow) {
    if (firstRow.stream().anyMatch(field -> integer(field).isPresent())) {
      return new CsvColumns(false, new int[] {0, 1, 2, 3}, NAMES.size());
    }
    List<String> titles = firstRow.stream().map(field -> field.toLowerCase(Locale.ROOT)).toList();
    int[] at = NAMES.stream().mapToInt(titles::indexOf).toArray();
    return new CsvColumns(true, at, firstRow.size());
  }

  boolean isHeader() {
    return header;
  }

  /** Whether the header has all four titles. */
  boolean isComplete() {
    for (int column : at) {
      if (column < 0) {
        return false;
      }
    }
    return true;
  }

  /** Fields in every row. */
  int count() {
    return count;
  }

  boolean fit(List<String> row) {
    return row.size() == count;
  }

  String name(List<String> row) {
    return row.get(at[0]);
  }

  String red(List<String> row) {
    return row.get(at[1]);
  }

  String green(List<String> row) {
    return row.get(at[2]);
  }

  String blue(List<String> row) {
    return row.get(at[3]);
  }

  static OptionalInt integer(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
