// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ofp.models.io.UnusableFileException;

/** What is in a folder of pictures, by the names of its files. */
public final class PictureFolder {
  private static final List<String> EXTENSIONS = List.of("jpg", "jpeg", "png");

  private PictureFolder() {}

  /**
   * The entries of a folder that are not hidden, sorted; folders among them.
   *
   * @throws UnusableFileException if the folder must not be read
   */
  public static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path entry : all) {
        if (!entry.getFileName().toString().startsWith(".")) {
          entries.add(entry);
        }
      }
    } catch (AccessDeniedException e) {
      throw new UnusableFileException(folder + ": permission denied", e);
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.sort(null);
    return entries;
  }

  /** Whether a file's name ends as those of JPEG and PNG pictures do, and it is no folder. */
  public static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !baseName(file).equals(name)
        && EXTENSIONS.contains(extension)
        && !Files.isDirectory(file);
  }

  /** The name of a file without folders and extension. */
  public static String baseName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
