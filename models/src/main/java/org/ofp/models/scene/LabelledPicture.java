// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** A square picture and what it shows. */
public final class LabelledPicture {
  private final int side;
  private final int[] rgb;
  private final byte[] labels;

  LabelledPicture(int side, int[] rgb, byte[] labels) {
    this.side = side;
    this.rgb = rgb;
    this.labels = labels;
  }

  /** Rows and columns. */
  public int side() {
    return side;
  }

  /** side² pixels 0xRRGGBB, row-major; not a copy. */
  public int[] rgb() {
    return rgb;
  }

  /**
   * side² classes, indices into {@link org.ofp.models.image.ClassPalette#DRONE}, row-major; not a
   * copy.
   */
  public byte[] labels() {
    return labels;
  }
}
