// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word, number, string or punctuation mark of a PTX text, with the line where it stands. */
record PtxToken(String text, int line) {
  private static final Pattern NEXT =
      Pattern.compile(
          "(?<skip>\\s+|//[^\\n]*|/\\*.*?\\*/)"
              + "|\"[^\"]*\"|[%._$A-Za-z][\\w$.]*(?:::\\w+)*|\\d[\\w.]*|.",
          Pattern.DOTALL);

  static List<PtxToken> split(String ptx) {
    List<PtxToken> tokens = new ArrayList<>();
    Matcher matcher = NEXT.matcher(ptx);
    int line = 1;
    while (matcher.find()) {
      if (matcher.group("skip") == null) {
        tokens.add(new PtxToken(matcher.group(), line));
      }
      line += (int) matcher.group().chars().filter(c -> c == '\n').count();
    }
    return tokens;
  }

  boolean is(String expected) {
    return text.equals(expected);
  }

  boolean isNumber() {
    return Character.isDigit(text.charAt(0));
  }

  /** The bits of a literal: decimal, hexadecimal, octal, {@code 0f} or {@code 0d}. */
  long number() {
    String digits = text.endsWith("U") ? text.substring(0, text.length() - 1) : text;
    try {
      if (digits.startsWith("0f") || digits.startsWith("0F")) {
        return Integer.parseUnsignedInt(digits.substring(2), 16);
      } else if (digits.matches("0[dDxX].+")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      } else if (digits.startsWith("0") && digits.length() > 1) {
        return Long.parseUnsignedLong(digits, 8);
      }
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw new PtxException(line, "not a number: " + text, e);
    }
  }
}
