// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.List;

/**
 * How high what stands in the way of parallel light is, over the ground where the light would fall:
 * a shadow map, and with light from straight above a relief. Immutable after its making.
 *
 * <p>Reference: L. Williams, "Casting curved shadows on curved surfaces", SIGGRAPH 1978.
 */
final class HeightMap {
  private static final int SIDE = 512;

  private final double slopeX;
  private final double slopeY;
  private final double reach;
  private final double texels;
  private final Raster raster = new Raster(SIDE, 0, SIDE);

  /**
   * Projects all faces.
   *
   * @param reach half the width of the ground that is looked at, in metres
   * @param slopeX metres that light moves along x while it falls by one
   * @param slopeY likewise along y
   */
  HeightMap(List<Face> faces, double reach, double slopeX, double slopeY) {
    this.slopeX = slopeX;
    this.slopeY = slopeY;
    this.reach = reach;
    texels = SIDE / (2 * reach);
    raster.draw(
        faces,
        (x, y, z, point) -> {
          point[0] = (x + z * slopeX + reach) * texels;
          point[1] = (y + z * slopeY + reach) * texels;
          point[2] = z;
        });
  }

  /** Share of some directions about a point in which something at least {@code rise} higher is. */
  double covered(double x, double y, double z, double[] offsets, double radius, double rise) {
    double u = (x + z * slopeX + reach) * texels;
    double v = (y + z * slopeY + reach) * texels;
    int higher = 0;
    for (int i = 0; i < offsets.length; i += 2) {
      int col = (int) (u + offsets[i] * radius * texels);
      int row = (int) (v + offsets[i + 1] * radius * texels);
      if (col >= 0
          && row >= 0
          && col < SIDE
          && row < SIDE
          && raster.nearness(row * SIDE + col) > z + rise) {
        higher++;
      }
    }
    return 2.0 * higher / offsets.length;
  }
}
