// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number for rows and one for columns, written {@code R,C}, or {@code N} for both.
 *
 * @param rows for rows
 * @param cols for columns
 */
public record Pair(int rows, int cols) {

  /** Reads a pair. */
  public static final class Converter implements ITypeConverter<Pair> {
    @Override
    public Pair convert(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length > 2) {
        throw notAPair(text);
      }
      int rows = number(parts[0], text);
      return new Pair(rows, parts.length == 1 ? rows : number(parts[1], text));
    }

    private static int number(String part, String text) {
      try {
        return Integer.parseInt(part.strip());
      } catch (NumberFormatException e) {
        throw notAPair(text);
      }
    }

    private static TypeConversionException notAPair(String text) {
      return new TypeConversionException(
          "'" + text + "' is not a whole number N, nor two of them R,C for rows and columns");
    }
  }

  /** Whether both numbers are at least that. */
  public boolean atLeast(int least) {
    return rows >= least && cols >= least;
  }

  @Override
  public String toString() {
    return rows == cols ? Integer.toString(rows) : rows + "," + cols;
  }
}
