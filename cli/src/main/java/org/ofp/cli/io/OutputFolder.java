// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for results, which is gone again at the end if it was made for nothing. */
public final class OutputFolder implements AutoCloseable {
  private final Path folder;
  private final boolean existed;

  private OutputFolder(Path folder, boolean existed) {
    this.folder = folder;
    this.existed = existed;
  }

  /** Makes the folder if it is missing, and checks that files can be written into it. */
  public static OutputFolder prepare(Path folder) {
    boolean existed = Files.exists(folder);
    OutputTarget.prepareFolder(folder);
    return new OutputFolder(folder, existed);
  }

  /** Removes the folder if it is new and empty. */
  @Override
  public void close() throws IOException {
    if (existed) {
      return;
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // It holds results.
    }
  }
}
