// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ofp.models.io.InputFile;
import org.ofp.models.io.Sha256;
import org.ofp.models.io.UnusableFileException;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.Resampling;
import org.ofp.models.picture.RgbImage;

/**
 * Reads pictures and their ground truth, and brings them to size.
 *
 * @param size pixels that the longest side is brought to; empty leaves pictures as they are
 * @param masks the ground truth
 */
public record PictureReader(Optional<Integer> size, Optional<TruthMasks> masks) {

  /**
   * What is to be segmented.
   *
   * @param file it was read from
   * @param image upright and brought to size
   * @param truth the class of every pixel of it, 255 where it does not count
   * @param hashes of the files
   */
  public record Picture(Path file, RgbImage image, Optional<byte[]> truth, FileHashes hashes) {}

  /**
   * Reads a picture.
   *
   * @throws UnusableFileException if there is no whole picture in the file, or its mask is missing
   *     or does not fit
   */
  public Picture read(Path file) {
    String hash = sha256(file);
    RgbImage image = ImageFile.read(file);
    int width = image.width();
    int height = image.height();
    Optional<byte[]> truth = masks.map(known -> known.read(file, width, height));
    int longest = Math.max(width, height);
    int wanted = size.orElse(longest);
    int newWidth = scaled(width, wanted, longest);
    int newHeight = scaled(height, wanted, longest);
    return new Picture(
        file,
        Resampling.smooth(image, newWidth, newHeight),
        truth.map(mask -> Resampling.nearest(mask, width, height, newWidth, newHeight)),
        new FileHashes(hash, masks.map(known -> sha256(known.of(file)))));
  }

  private static String sha256(Path file) {
    InputFile.check(file);
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int scaled(int side, int wanted, int longest) {
    return Math.max(1, (int) Math.round((double) side * wanted / longest));
  }
}
