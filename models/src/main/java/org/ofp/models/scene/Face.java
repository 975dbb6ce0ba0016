// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/**
 * A flat polygon in the world.
 *
 * @param object number of the thing that it is part of
 * @param label what the mask shows there
 * @param surface its colour
 * @param points x, y, z of its corners, in metres, z up
 * @param origin where the surface's u and v are 0
 * @param along unit vector of u
 * @param across unit vector of v
 * @param normal unit vector, to either side
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Face(
    int object,
    SceneClass label,
    Surface surface,
    double[] points,
    double[] origin,
    double[] along,
    double[] across,
    double[] normal) {

  /**
   * Lays u and v on the polygon: u horizontal, v up; on level ground u is along the given
   * direction.
   */
  static Face of(
      int object,
      SceneClass label,
      Surface surface,
      double[] points,
      double[] origin,
      double cos,
      double sin) {
    double[] normal = normal(points);
    double level = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1]);
    double[] along =
        level < 1e-3
            ? new double[] {cos, sin, 0}
            : new double[] {-normal[1] / level, normal[0] / level, 0};
    double[] across = {
      normal[1] * along[2] - normal[2] * along[1],
      normal[2] * along[0] - normal[0] * along[2],
      normal[0] * along[1] - normal[1] * along[0]
    };
    return new Face(object, label, surface, points, origin, along, across, normal);
  }

  /** Newell's normal, which does not mind corners in a line. */
  private static double[] normal(double[] p) {
    double x = 0;
    double y = 0;
    double z = 0;
    for (int i = 0, j = p.length - 3; i < p.length; j = i, i += 3) {
      x += (p[j + 1] - p[i + 1]) * (p[j + 2] + p[i + 2]);
      y += (p[j + 2] - p[i + 2]) * (p[j] + p[i]);
      z += (p[j] - p[i]) * (p[j + 1] + p[i + 1]);
    }
    double length = Math.sqrt(x * x + y * y + z * z);
    if (length < 1e-12) {
      return new double[] {0, 0, 1};
    }
    double up = z < 0 ? -1 / length : 1 / length;
    return new double[] {x * up, y * up, z * up};
  }
}
