// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ofp.cli.error.CliException;

/** The checks that every input file shares. */
public final class InputFile {
  private InputFile() {}

  /**
   * Checks that the file is there and can be read. Pipes and devices are refused: their length is
   * unknown, and with it whether they were cut short.
   */
  public static void check(Path file) {
    if (!Files.exists(file)) {
      throw CliException.failure(file + ": no such file");
    }
    if (Files.isDirectory(file)) {
      throw CliException.failure(file + ": is a folder, not a file");
    }
    if (!Files.isRegularFile(file)) {
      throw CliException.failure(file + ": is not a regular file; save it to disk first");
    }
    if (!Files.isReadable(file)) {
      throw CliException.failure(file + ": permission denied");
    }
  }
}
