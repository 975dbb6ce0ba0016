// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.nio.file.Path;

/**
 * How pictures become samples. Immutable.
 *
 * @param crop rows and columns of the squares that pictures are cut into, in their pixels, 1 to
 *     10,000; 0: 2000 where both sides have that many, otherwise the short side, picture by picture
 * @param size rows and columns that the squares are resized to, 1 to 4096; 0: 512, or the smallest
 *     square if that is less
 * @param splitSeed decides, with the file names, which pictures are for validation
 * @param scratch folder for decoded pictures that are too many for memory; null: the system's
 *     ({@code java.io.tmpdir})
 */
public record DataOptions(int crop, int size, long splitSeed, Path scratch) {
  /** The most rows and columns that a picture is cut into. */
  public static final int MAX_CROP = 10_000;

  /** The most rows and columns of a sample. */
  public static final int MAX_SIZE = 4096;

  /** The article's crops and size, a split by seed 0. */
  public static final DataOptions DEFAULT = new DataOptions(0, 0, 0, null);

  /** Checks the ranges. */
  public DataOptions {
    check("crop", crop, MAX_CROP);
    check("size", size, MAX_SIZE);
  }

  private static void check(String name, int value, int max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          name + " = " + value + " must be from 1 to " + max + ", or 0 for the default");
    }
  }
}
