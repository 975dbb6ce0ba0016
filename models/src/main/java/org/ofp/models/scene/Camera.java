// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** A pinhole camera that looks down, nearly. Immutable. */
final class Camera implements Projection {
  private final double[] eye;
  private final double[] right;
  private final double[] down;
  private final double[] forward;
  private final double focus;
  private final double side;
  private final double groundWidth;

  private Camera(Camera of, double side) {
    eye = of.eye;
    right = of.right;
    down = of.down;
    forward = of.forward;
    groundWidth = of.groundWidth;
    focus = of.focus / of.side * side;
    this.side = side;
  }

  /**
   * A camera above the world's origin, with a picture one unit wide.
   *
   * @param groundWidth metres of ground that the picture shows across
   * @param altitude metres above ground
   * @param yaw direction of the picture's rows
   * @param tilt angle from straight down
   */
  Camera(double groundWidth, double altitude, double yaw, double tilt) {
    double cy = StrictMath.cos(yaw);
    double sy = StrictMath.sin(yaw);
    double ct = StrictMath.cos(tilt);
    double st = StrictMath.sin(tilt);
    right = new double[] {cy, sy, 0};
    down = new double[] {-sy * ct, cy * ct, st};
    forward = new double[] {-sy * st, cy * st, -ct};
    // Set back, so that it looks at the origin.
    double distance = altitude / ct;
    eye = new double[] {-forward[0] * distance, -forward[1] * distance, altitude};
    side = 1;
    focus = distance / groundWidth;
    this.groundWidth = groundWidth;
  }

  /** The same view on a raster of so many pixels across. */
  Camera on(int pixels) {
    return new Camera(this, pixels);
  }

  /** Metres of ground across the picture. */
  double groundWidth() {
    return groundWidth;
  }

  /** Metres above ground. */
  double altitude() {
    return eye[2];
  }

  /** Position, in metres. */
  double[] eye() {
    return eye;
  }

  @Override
  public void project(double x, double y, double z, double[] point) {
    double dx = x - eye[0];
    double dy = y - eye[1];
    double dz = z - eye[2];
    double depth = dx * forward[0] + dy * forward[1] + dz * forward[2];
    double scale = focus / depth;
    point[0] = side / 2 + scale * (dx * right[0] + dy * right[1]);
    point[1] = side / 2 + scale * (dx * down[0] + dy * down[1] + dz * down[2]);
    point[2] = 1 / depth;
  }

  /** The point of the world that {@link #project} sends there. */
  void locate(double col, double row, double nearness, double[] xyz) {
    double depth = 1 / nearness;
    double a = (col - side / 2) / focus;
    double b = (row - side / 2) / focus;
    for (int i = 0; i < 3; i++) {
      xyz[i] = eye[i] + depth * (forward[i] + a * right[i] + b * down[i]);
    }
  }
}
