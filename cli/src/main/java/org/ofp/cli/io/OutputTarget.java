// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ofp.cli.error.CliException;

/**
 * Finds out before the long work starts whether its result can be written. The folder is tried with
 * a file that is removed again: permission bits do not tell of read-only mounts, quotas or root.
 */
public final class OutputTarget {
  private OutputTarget() {}

  /** Checks that the file can be written or atomically replaced; its folder must exist. */
  public static void checkFile(Path file) {
    if (Files.isDirectory(file)) {
      throw CliException.failure(file + ": is a folder; name the output file in it");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return; // /dev/stdout and pipes are written directly
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw CliException.failure(file + ": the folder " + parent + " does not exist");
    }
    probe(file, parent);
  }

  /** Makes the folder if it is missing, and checks that files can be written into it. */
  public static void prepareFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw CliException.failure(folder + ": is a file; name a folder for the results");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CliException.failure(folder + ": the folder cannot be made (" + reason(e) + ")", e);
    }
    probe(folder, folder);
  }

  private static void probe(Path target, Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".ofp-", ".probe"));
    } catch (IOException e) {
      throw CliException.failure(
          target + ": files cannot be written to " + folder + " (" + reason(e) + ")", e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "");
  }
}
