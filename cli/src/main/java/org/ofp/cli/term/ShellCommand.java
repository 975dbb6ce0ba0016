// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines for a POSIX shell. */
public final class ShellCommand {
  private ShellCommand() {}

  /** The words, quoted where the shell would read them otherwise. */
  public static String of(List<String> words) {
    return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  /** A word that the shell reads as it is. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
