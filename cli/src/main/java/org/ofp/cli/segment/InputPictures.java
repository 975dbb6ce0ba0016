// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ofp.cli.term.Quantity;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.PictureFolder;

/**
 * The pictures that a command line names: files as they are, and of folders all files that are
 * called as JPEG and PNG are, sorted by name. Hidden files, other kinds of files, folders within,
 * and the results of an earlier run are passed over. What is named twice is taken once.
 *
 * @param files at least one
 * @param notes on what was passed over, a line each
 */
public record InputPictures(List<Path> files, List<String> notes) {

  /**
   * Finds the pictures.
   *
   * @param out where the results will go: what is called as results are is not taken from there
   * @throws UnusableFileException if a folder must not be read or has no pictures
   */
  public static InputPictures of(List<Path> named, Path out) {
    List<Path> files = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Set<Path> known = new HashSet<>();
    int twice = 0;
    for (Path path : named) {
      List<Path> found = Files.isDirectory(path) ? inFolder(path, out, notes) : List.of(path);
      for (Path file : found) {
        if (known.add(normal(file))) {
          files.add(file);
        } else {
          twice++;
        }
      }
    }
    if (twice > 0) {
      notes.add(Quantity.count(twice, "picture") + " named more than once, taken once");
    }
    return new InputPictures(files, notes);
  }

  private static List<Path> inFolder(Path folder, Path out, List<String> notes) {
    boolean toResults = normal(folder).equals(normal(out));
    List<Path> pictures = new ArrayList<>();
    int results = 0;
    int others = 0;
    for (Path file : PictureFolder.entries(folder)) {
      if (!PictureFolder.isPicture(file)) {
        others += Files.isDirectory(file) ? 0 : 1;
      } else if (OutputFiles.isResult(file, toResults)) {
        results++;
      } else {
        pictures.add(file);
      }
    }
    if (pictures.isEmpty()) {
      throw new UnusableFileException(
          folder
              + ": has no JPEG or PNG pictures"
              + (results > 0 ? " but results of an earlier run" : "")
              + "; name the folder that holds them (folders within are not searched)");
    }
    if (results + others > 0) {
      notes.add(
          String.format(
              "%s: %s; passed over: %s, %s of an earlier run",
              folder,
              Quantity.count(pictures.size(), "picture"),
              Quantity.count(others, "other file"),
              Quantity.count(results, "result")));
    }
    return pictures;
  }

  /** What two names of one file have in common. */
  static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
