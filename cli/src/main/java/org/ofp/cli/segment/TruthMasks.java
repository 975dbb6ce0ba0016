// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ofp.cli.error.CliException;
import org.ofp.models.data.MaskReader;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.PictureFolder;

/** The ground truth of pictures: one mask, or a folder of masks with the pictures' names. */
public final class TruthMasks {
  /** One more value must be free for pixels that do not count. */
  private static final int MAX_CLASSES = 255;

  private final Path path;
  private final MaskReader reader;

  private TruthMasks(Path path, MaskReader reader) {
    this.path = path;
    this.reader = reader;
  }

  /**
   * Masks at a path.
   *
   * @param pictures how many pictures are to be segmented
   * @throws CliException if there is one mask for several pictures, or too many classes
   * @throws UnusableFileException if there is nothing
   */
  public static TruthMasks at(Path path, int pictures, ClassPalette classes) {
    if (!Files.exists(path)) {
      throw new UnusableFileException(path + ": no such file or folder");
    }
    if (!Files.isDirectory(path) && pictures > 1) {
      throw CliException.usage(
          "--truth "
              + path
              + " is one mask, and there are "
              + pictures
              + " pictures; name a folder with a mask for each");
    }
    if (classes.size() > MAX_CLASSES) {
      throw CliException.failure(
          "--truth compares up to "
              + MAX_CLASSES
              + " classes, this network tells "
              + classes.size()
              + " apart");
    }
    return new TruthMasks(path, MaskReader.of(classes));
  }

  /**
   * Reads the mask of a picture.
   *
   * @return a class per pixel, 255 where it does not count
   * @throws UnusableFileException if there is none, or it does not fit
   */
  byte[] read(Path picture, int width, int height) {
    Path mask = of(picture);
    if (!mask.equals(path) && !Files.exists(mask)) {
      throw new UnusableFileException(
          picture + ": has no mask " + mask + "; add it, or leave the picture out");
    }
    return reader.read(mask, width, height);
  }

  /** The file of a picture's mask, which need not be there. */
  Path of(Path picture) {
    return Files.isDirectory(path) ? path.resolve(PictureFolder.baseName(picture) + ".png") : path;
  }
}
