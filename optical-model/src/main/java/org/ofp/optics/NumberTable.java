// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.OptionSpec;

/**
 * Measured numbers given to an option: a list such as {@code 0,0.1,0.45,1} in the option itself, or
 * the name of a text file with a row of numbers per line, separated by commas or blanks; {@code #}
 * starts a comment.
 */
final class NumberTable {
  private static final int MAX_BYTES = 64 << 20;
  private static final String LIST = "[-+.,eE0-9]+";

  private NumberTable() {}

  /**
   * Reads the rows; all have the same length, all numbers are finite.
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_OPTION}
   */
  static double[][] read(String option, String text) {
    boolean list = text.matches(LIST);
    List<double[]> rows = new ArrayList<>();
    int line = 0;
    for (String row : (list ? text : contents(option, text)).lines().toList()) {
      line++;
      String numbers = row.replaceFirst("#.*", "").strip();
      if (!numbers.isEmpty()) {
        rows.add(numbers(option, list ? text : text + "', line " + line + " of '", numbers));
        if (rows.get(rows.size() - 1).length != rows.get(0).length) {
          throw invalid(
              option,
              text,
              "line "
                  + line
                  + " has "
                  + rows.get(rows.size() - 1).length
                  + " numbers, the first one "
                  + rows.get(0).length);
        }
      }
    }
    if (rows.isEmpty()) {
      throw invalid(option, text, "it holds no numbers");
    }
    return rows.toArray(double[][]::new);
  }

  private static double[] numbers(String option, String where, String row) {
    String[] parts = row.split("[,;\\s]+", -1);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = number(parts[i]);
      if (!Double.isFinite(numbers[i])) {
        throw invalid(option, where, "'" + abbreviated(parts[i]) + "' is not a finite number");
      }
    }
    return numbers;
  }

  /** A decimal number; NaN for everything else, such as Java's own "1d" and "0x1p3". */
  static double number(String text) {
    return text.length() <= 40 ? OptionSpec.decimal(text) : Double.NaN;
  }

  /** Long text, for an error message. */
  static String abbreviated(String text) {
    return text.length() <= 100
        ? text
        : text.substring(0, 50) + "…" + text.substring(text.length() - 50);
  }

  private static String contents(String option, String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw invalid(option, file, "the file has more than " + MAX_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      throw new DeviceException(
          ErrorCode.INVALID_OPTION,
          "option "
              + option
              + " = '"
              + abbreviated(file)
              + "' is neither a list of numbers nor a file that can be read",
          e);
    }
  }

  private static DeviceException invalid(String option, String text, String why) {
    return new DeviceException(
        ErrorCode.INVALID_OPTION, "option " + option + " = '" + abbreviated(text) + "': " + why);
  }
}
