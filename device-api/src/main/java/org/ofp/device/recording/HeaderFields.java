// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Lines {@code name = value} of a recording's header. */
final class HeaderFields {
  private static final String EQUALS = " = ";

  private final Map<String, String> fields = new LinkedHashMap<>();

  HeaderFields put(String name, Object value) {
    fields.put(name, String.valueOf(value));
    return this;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no '" + name + "'");
    }
    return value;
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }

  int integer(String name) {
    return Integer.parseInt(text(name));
  }

  boolean yes(String name) {
    return Boolean.parseBoolean(text(name));
  }

  <E extends Enum<E>> E name(Class<E> type, String name) {
    return Enum.valueOf(type, text(name));
  }

  /** A line for each, in the order they were put. */
  String lines() {
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) -> text.append(name).append(EQUALS).append(escape(value)).append('\n'));
    return text.toString();
  }

  /** Adds the field that a line holds; other lines are for people. */
  void parse(String line) {
    int equals = line.indexOf(EQUALS);
    if (equals > 0 && line.charAt(0) != ' ') {
      put(line.substring(0, equals), unescape(line.substring(equals + EQUALS.length())));
    }
  }

  private static String escape(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '\\' || Character.isSurrogate(c) || Character.isISOControl(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String unescape(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\\' && i + 6 <= value.length()) {
        out.append((char) Integer.parseInt(value, i + 2, i + 6, 16));
        i += 5;
      } else {
        out.append(value.charAt(i));
      }
    }
    return out.toString();
  }
}
