// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of one line of comma-separated text; in quotes, commas and doubled quotes. */
final class CsvFields {
  private CsvFields() {}

  /** The fields without the spaces around them; nothing if a quote is not closed. */
  static Optional<List<String>> of(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean inQuotes = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && inQuotes && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"' && (inQuotes || field.toString().isBlank())) {
        inQuotes = !inQuotes;
      } else if (c == ',' && !inQuotes) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return inQuotes ? Optional.empty() : Optional.of(fields);
  }

  /** A field that {@link #of} reads as {@code text}. */
  static String quoted(String text) {
    if (text.isBlank() || !text.equals(text.strip())) {
      throw new IllegalArgumentException(
          "a name is blank, or has spaces around it: '" + text + "'");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a name has control characters");
    }
    boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
