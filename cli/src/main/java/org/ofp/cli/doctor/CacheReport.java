// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.doctor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Loader;

/**
 * The folder into which JavaCPP unpacks native libraries.
 *
 * @param folder the folder, empty if there is none
 * @param writable whether files can be written to it
 * @param bytes what it holds
 * @param freeBytes space left where it is
 * @param problem what is wrong with it, empty if nothing is
 */
public record CacheReport(
    String folder, boolean writable, long bytes, long freeBytes, String problem) {
  /** Twice what the libraries of one version take. */
  private static final long ENOUGH = 2_000_000_000;

  private static final String REMEDY =
      "; name another folder with OFP_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER";

  /** Looks at the folder, and makes it if it is missing. */
  static CacheReport now() {
    Path folder;
    try {
      folder = Loader.getCacheDir().toPath();
    } catch (IOException | RuntimeException | LinkageError e) {
      return new CacheReport("", false, 0, 0, "there is none (" + e.getMessage() + ")" + REMEDY);
    }
    long bytes = size(folder);
    long free = 0;
    String problem = "";
    boolean writable = false;
    try {
      Files.delete(Files.createTempFile(folder, ".ofp-", ".probe"));
      writable = true;
      free = Files.getFileStore(folder).getUsableSpace();
      if (bytes + free < ENOUGH) {
        problem = folder + " has little room: " + free / 1_000_000 + " MB are free" + REMEDY;
      }
    } catch (IOException | RuntimeException e) {
      problem = folder + " cannot be written to (" + e.getMessage() + ")" + REMEDY;
    }
    return new CacheReport(folder.toString(), writable, bytes, free, problem);
  }

  /** The size of all files that can be seen; other processes may be at work in the folder. */
  private static long size(Path folder) {
    AtomicLong bytes = new AtomicLong();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return bytes.get(); // what was seen until then
    }
    return bytes.get();
  }
}
