// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ofp.models.io.Quoted;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.PictureFolder;

/**
 * What a folder of pictures and masks holds, found by the names in it: of the Semantic Drone
 * Dataset ({@code original_images}, {@code label_images_semantic}, {@code class_dict_seg.csv} there
 * or up to two folders above, as in its archive; also found from the archive's folders) or of
 * anyone else ({@code images}, {@code masks}, and perhaps {@code classes.csv} or {@code
 * class_dict*.csv}). Picture and mask have the same name but for the extension. Folders are not
 * searched further; hidden files and other kinds of files are passed over.
 *
 * @param pairs in the order of their names, at least one
 * @param classCsv the table of classes, if there is one
 * @param drone whether it is the drone set's layout, whose classes are known without a table
 */
record DataFolder(List<Pair> pairs, Optional<Path> classCsv, boolean drone) {
  private static final String DRONE_IMAGES = "original_images";
  private static final String DRONE_MASKS = "label_images_semantic";
  private static final String DRONE_CSV = "class_dict_seg.csv";
  private static final List<String> DRONE_ROOTS =
      List.of("", "semantic_drone_dataset", "dataset/semantic_drone_dataset");
  private static final int CSV_LEVELS = 3;

  private static final String IMAGES = "images";
  private static final String MASKS = "masks";

  /**
   * A picture and its mask.
   *
   * @param name of both, without extension
   */
  record Pair(String name, Path image, Path mask) {}

  static DataFolder find(Path folder) {
    if (!Files.exists(folder)) {
      throw new UnusableFileException(folder + ": no such folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new UnusableFileException(folder + ": is a file, not a folder of pictures and masks");
    }
    for (String root : DRONE_ROOTS) {
      Path candidate = folder.resolve(root);
      if (Files.isDirectory(candidate.resolve(DRONE_IMAGES))
          && Files.isDirectory(candidate.resolve(DRONE_MASKS))) {
        return new DataFolder(
            pairs(candidate.resolve(DRONE_IMAGES), candidate.resolve(DRONE_MASKS)),
            droneCsv(candidate),
            true);
      }
    }
    if (Files.isDirectory(folder.resolve(IMAGES)) && Files.isDirectory(folder.resolve(MASKS))) {
      return new DataFolder(
          pairs(folder.resolve(IMAGES), folder.resolve(MASKS)), genericCsv(folder), false);
    }
    PictureFolder.entries(folder); // says so if the folder cannot be read
    throw new UnusableFileException(
        folder
            + ": has neither the folders images and masks nor original_images and"
            + " label_images_semantic; name the folder that holds them");
  }

  private static Optional<Path> droneCsv(Path root) {
    Path level = root.toAbsolutePath().normalize();
    for (int i = 0; i < CSV_LEVELS && level != null; i++) {
      Path csv = level.resolve(DRONE_CSV);
      if (Files.exists(csv)) {
        return Optional.of(csv);
      }
      level = level.getParent();
    }
    return Optional.empty();
  }

  private static Optional<Path> genericCsv(Path folder) {
    Path own = folder.resolve("classes.csv");
    if (Files.exists(own)) {
      return Optional.of(own);
    }
    List<Path> tables =
        PictureFolder.entries(folder).stream()
            .filter(file -> file.getFileName().toString().matches("class_dict.*\\.csv"))
            .toList();
    if (tables.size() > 1) {
      throw new UnusableFileException(
          folder
              + ": has several tables of classes, "
              + tables.get(0).getFileName()
              + " and "
              + tables.get(1).getFileName()
              + "; name the right one classes.csv");
    }
    return tables.stream().findFirst();
  }

  private static List<Pair> pairs(Path imageFolder, Path maskFolder) {
    Map<String, Path> images = pictures(imageFolder);
    Map<String, Path> masks = pictures(maskFolder);
    if (images.isEmpty() || masks.isEmpty()) {
      throw new UnusableFileException(
          (images.isEmpty() ? imageFolder : maskFolder)
              + ": has no JPEG or PNG files; put the "
              + (images.isEmpty() ? "pictures" : "masks")
              + " there");
    }
    if (images.keySet().stream().noneMatch(masks::containsKey)) {
      throw new UnusableFileException(
          maskFolder
              + ": no mask has the name of a picture, such as "
              + Quoted.of(images.keySet().iterator().next())
              + "; a picture and its mask must have the same name but for the extension");
    }
    List<Pair> pairs = new ArrayList<>();
    images.forEach(
        (name, image) -> {
          Path mask = masks.get(name);
          if (mask == null) {
            throw new UnusableFileException(
                image
                    + ": has no mask "
                    + maskFolder.resolve(name + ".png")
                    + "; add or remove one");
          }
          pairs.add(new Pair(name, image, mask));
        });
    return List.copyOf(pairs);
  }

  /** The pictures of a folder by name without extension, sorted. */
  private static Map<String, Path> pictures(Path folder) {
    Map<String, Path> pictures = new TreeMap<>();
    for (Path file : PictureFolder.entries(folder)) {
      if (PictureFolder.isPicture(file)) {
        Path other = pictures.put(PictureFolder.baseName(file), file);
        if (other != null) {
          throw new UnusableFileException(
              file + ": " + other.getFileName() + " has the same name; remove or rename one");
        }
      }
    }
    return pictures;
  }
}
