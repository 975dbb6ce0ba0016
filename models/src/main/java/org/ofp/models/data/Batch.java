// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/** Samples as a network takes them. */
public final class Batch {
  static final int CHANNELS = 3;

  /** An array's largest length on HotSpot, with a margin. */
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final int size;
  private final int side;
  private final float[] images;
  private final byte[] labels;

  /** A batch over the given arrays, which are not copied. */
  public Batch(int size, int side, float[] images, byte[] labels) {
    this.size = size;
    this.side = side;
    this.images = images;
    this.labels = labels;
  }

  /**
   * Checks that a batch's images fit in one array: 3 · size · side² values.
   *
   * @throws IllegalArgumentException if they do not; the message names size, side and remedy
   */
  public static void requireRoom(int size, int side) {
    long largest = LARGEST_ARRAY / Math.max(1, CHANNELS * (long) side * side);
    if (size > largest) {
      throw new IllegalArgumentException(
          String.format(
              "batch size × side² too large: %d × %d²; at this side a batch has room for %d"
                  + " samples: choose a smaller batch size, or smaller samples",
              size, side, largest));
    }
  }

  /** How many samples. */
  public int size() {
    return size;
  }

  /** Rows and columns of each. */
  public int side() {
    return side;
  }

  /** {@code [size, 3, side, side]}, ImageNet-normalised. */
  public float[] images() {
    return images;
  }

  /** {@code [size, side, side]}, unsigned, {@link Samples#IGNORED} where none. */
  public byte[] labels() {
    return labels;
  }
}
