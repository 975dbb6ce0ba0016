// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.error;

/**
 * Keeps a message on one line and harmless to the terminal: file names and headers of foreign files
 * end up in messages, and may hold line breaks or escape sequences.
 */
public final class OneLine {
  private static final int MAX_LENGTH = 1000;

  private OneLine() {}

  /** The text with control characters shown as escapes and an overlong tail cut off. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    String body = text.strip();
    for (int i = 0; i < body.length() && line.length() < MAX_LENGTH; i++) {
      char c = body.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c) || isInvisible(c)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return line.length() < MAX_LENGTH ? line.toString() : line.append(" …").toString();
  }

  /** Line and paragraph separators break lines; formatting characters can reorder them. */
  private static boolean isInvisible(char c) {
    int type = Character.getType(c);
    return type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.FORMAT;
  }
}
