// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

/** Makes text from an untrusted file fit for one line of a message. */
public final class Quoted {
  private static final int MAX_LENGTH = 100;

  private Quoted() {}

  /** {@code text} in quotes, control characters replaced, cut after 100 characters. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(MAX_LENGTH)
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .forEach(quoted::appendCodePoint);
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      quoted.append('…');
    }
    return quoted.append('\'').toString();
  }
}
