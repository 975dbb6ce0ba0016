// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checks that every input file shares. */
public final class InputFile {
  private InputFile() {}

  /**
   * Checks that the file is there and can be read. Pipes and devices are refused: their length is
   * unknown, and with it whether they were cut short.
   */
  public static void check(Path file) {
    if (!Files.exists(file)) {
      throw new UnusableFileException(file + ": no such file");
    }
    if (Files.isDirectory(file)) {
      throw new UnusableFileException(file + ": is a folder, not a file");
    }
    if (!Files.isRegularFile(file)) {
      throw new UnusableFileException(file + ": is not a regular file; save it to disk first");
    }
    if (!Files.isReadable(file)) {
      throw new UnusableFileException(file + ": permission denied");
    }
  }
}
