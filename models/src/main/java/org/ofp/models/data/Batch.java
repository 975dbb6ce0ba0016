// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/** Samples as a network takes them. */
public final class Batch {
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
