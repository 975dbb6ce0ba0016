// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where the results for one image go.
 *
 * @param mask each pixel in the colour of its class
 * @param classes each pixel with the index of its class as its grey level
 * @param overlay the colours over the image
 */
public record OutputFiles(Path mask, Path classes, Path overlay) {

  /**
   * Names the results after the images, without their extensions. Images of the same name get
   * {@code -2}, {@code -3}; so does one whose results would overwrite an image that is to be read.
   * Names that differ in case only count as the same, as they are one file on macOS and Windows.
   */
  public static List<OutputFiles> in(Path folder, List<Path> images) {
    Set<String> taken = new HashSet<>();
    images.forEach(image -> taken.add(key(image)));
    List<OutputFiles> outputs = new ArrayList<>();
    for (Path image : images) {
      String base = baseName(image);
      OutputFiles files = named(folder, base);
      for (int n = 2; files.anyOf(taken); n++) {
        files = named(folder, base + "-" + n);
      }
      files.all().forEach(file -> taken.add(key(file)));
      outputs.add(files);
    }
    return outputs;
  }

  /** All three. */
  public List<Path> all() {
    return List.of(mask, classes, overlay);
  }

  private boolean anyOf(Set<String> taken) {
    return all().stream().anyMatch(file -> taken.contains(key(file)));
  }

  private static OutputFiles named(Path folder, String name) {
    return new OutputFiles(
        folder.resolve(name + "-mask.png"),
        folder.resolve(name + "-classes.png"),
        folder.resolve(name + "-overlay.png"));
  }

  private static String baseName(Path image) {
    String name = image.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String key(Path file) {
    return file.toAbsolutePath().normalize().toString().toLowerCase(Locale.ROOT);
  }
}
