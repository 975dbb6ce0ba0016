// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.nio.file.Path;
import java.util.Optional;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.picture.RgbImage;

/**
 * What came of one picture. Arrays are large and not copied: they are the result's own, row-major,
 * a byte per pixel, and not to be changed.
 */
public final class PictureResult {
  private final Path file;
  private final RgbImage image;
  private final ClassPalette palette;
  private final byte[] classes;
  private final Optional<byte[]> electronic;
  private final Optional<byte[]> truth;
  private final ImageReport report;
  private final FileHashes hashes;

  /**
   * @param file that was read
   * @param image the picture as it was segmented
   * @param palette names and colours of the classes
   * @param classes found where the network ran, as unsigned bytes
   * @param electronic found in libtorch, if that was compared
   * @param truth what is there, if known; 255 does not count
   * @param report the figures
   * @param hashes of the files read
   */
  public PictureResult(
      Path file,
      RgbImage image,
      ClassPalette palette,
      byte[] classes,
      Optional<byte[]> electronic,
      Optional<byte[]> truth,
      ImageReport report,
      FileHashes hashes) {
    this.file = file;
    this.image = image;
    this.palette = palette;
    this.classes = classes;
    this.electronic = electronic;
    this.truth = truth;
    this.report = report;
    this.hashes = hashes;
  }

  /** The file that was read. */
  public Path file() {
    return file;
  }

  /** The picture as it was segmented: upright, and brought to size. */
  public RgbImage image() {
    return image;
  }

  /** What the classes are called and which colours they have. */
  public ClassPalette palette() {
    return palette;
  }

  /**
   * The class of every pixel as the network found it where it ran: on the device, or electronically
   * without one. Not a copy.
   */
  public byte[] classes() {
    return classes;
  }

  /** The same of the electronic network that the device was compared with. Not a copy. */
  public Optional<byte[]> electronic() {
    return electronic;
  }

  /** The class of every pixel as it is, 255 where it does not count. Not a copy. */
  public Optional<byte[]> truth() {
    return truth;
  }

  /** The figures, and the files written. */
  public ImageReport report() {
    return report;
  }

  /** Of the files read. */
  public FileHashes hashes() {
    return hashes;
  }
}
