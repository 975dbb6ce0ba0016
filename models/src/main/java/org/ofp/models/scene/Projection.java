// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** A straight-line map of the world on a raster. */
interface Projection {
  /**
   * Projects a point.
   *
   * @param point receives column, row, and a nearness that is larger for what is in front and, over
   *     a flat face, a linear function of column and row
   */
  void project(double x, double y, double z, double[] point);
}
