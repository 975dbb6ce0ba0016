// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/**
 * What scenes are made of.
 *
 * @param side rows and columns of picture and mask, {@value #LEAST_SIDE} to {@value #LARGEST_SIDE}
 * @param narrowestGround least width of the ground that a picture shows, in metres, at least
 *     {@value #LEAST_GROUND}
 * @param widestGround largest width, up to {@value #LARGEST_GROUND}
 */
public record SceneOptions(int side, double narrowestGround, double widestGround) {
  /** The least number of rows. */
  public static final int LEAST_SIDE = 16;

  /** The largest number of rows. */
  public static final int LARGEST_SIDE = 2048;

  /** The least width of ground in metres: a person still fits in. */
  public static final double LEAST_GROUND = 4;

  /** The largest width of ground in metres: beyond it small things vanish, and ground ends. */
  public static final double LARGEST_GROUND = 40;

  private static final double USUAL_NARROWEST = 8;
  private static final double USUAL_WIDEST = 24;

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public SceneOptions {
    if (side < LEAST_SIDE || side > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "side = " + side + " must be from " + LEAST_SIDE + " to " + LARGEST_SIDE + " pixels");
    }
    if (!(narrowestGround >= LEAST_GROUND
        && narrowestGround <= widestGround
        && widestGround <= LARGEST_GROUND)) {
      throw new IllegalArgumentException(
          "ground = "
              + narrowestGround
              + " to "
              + widestGround
              + " must be from "
              + LEAST_GROUND
              + " to "
              + LARGEST_GROUND
              + " metres, the smaller one first");
    }
  }

  /** Pictures of 8 to 24 metres of ground. */
  public static SceneOptions of(int side) {
    return new SceneOptions(side, USUAL_NARROWEST, USUAL_WIDEST);
  }
}
