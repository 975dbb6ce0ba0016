// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ofp.models.picture.PictureFolder;

/**
 * Where the results for one image go.
 *
 * @param mask each pixel in the colour of its class
 * @param classes each pixel with the index of its class as its grey level
 * @param overlay the colours over the image
 */
public record OutputFiles(Path mask, Path classes, Path overlay) {
  private static final String MASK = "-mask.png";
  private static final String CLASSES = "-classes.png";
  private static final String OVERLAY = "-overlay.png";

  /**
   * Names the results after the images, without their extensions. Images of the same name get
   * {@code -2}, {@code -3}; so does one whose results would overwrite a file that is to be read, or
   * one that an earlier run has not written: where all three are there they are taken for its
   * results, which new ones may replace. Names that differ in case only count as the same, as they
   * are one file on macOS and Windows.
   *
   * @param read further files that are to be read
   */
  public static List<OutputFiles> in(Path folder, List<Path> images, List<Path> read) {
    Set<String> taken = new HashSet<>();
    images.forEach(image -> taken.add(key(image)));
    read.forEach(file -> taken.add(key(file)));
    List<OutputFiles> outputs = new ArrayList<>();
    for (Path image : images) {
      String base = PictureFolder.baseName(image);
      OutputFiles files = named(folder, base);
      for (int n = 2; files.anyOf(taken) || files.inPart(); n++) {
        files = named(folder, base + "-" + n);
      }
      files.all().forEach(file -> taken.add(key(file)));
      outputs.add(files);
    }
    return outputs;
  }

  /**
   * Whether a file is a result by its name: because it lies where results go, or because the two
   * others that belong to it are there.
   *
   * @param toResults whether it lies where results go
   */
  static boolean isResult(Path file, boolean toResults) {
    String name = file.getFileName().toString();
    for (String ending : List.of(MASK, CLASSES, OVERLAY)) {
      if (name.endsWith(ending)) {
        String base = name.substring(0, name.length() - ending.length());
        Path folder = file.toAbsolutePath().getParent();
        return toResults || named(folder, base).all().stream().allMatch(Files::exists);
      }
    }
    return false;
  }

  /** All three. */
  public List<Path> all() {
    return List.of(mask, classes, overlay);
  }

  /** What all three are called but for their endings. */
  public String name() {
    String file = mask.getFileName().toString();
    return file.substring(0, file.length() - MASK.length());
  }

  private boolean anyOf(Set<String> taken) {
    return all().stream().anyMatch(file -> taken.contains(key(file)));
  }

  /** Whether some are there, but not all. */
  private boolean inPart() {
    long there = all().stream().filter(Files::exists).count();
    return there > 0 && there < all().size();
  }

  private static OutputFiles named(Path folder, String name) {
    return new OutputFiles(
        folder.resolve(name + MASK),
        folder.resolve(name + CLASSES),
        folder.resolve(name + OVERLAY));
  }

  private static String key(Path file) {
    return InputPictures.normal(file).toString().toLowerCase(Locale.ROOT);
  }
}
