// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All faces of a scene. Things are built about their own origin, heading along x. */
final class Mesh {
  private final List<Face> faces = new ArrayList<>();
  private final List<Integer> carriers = new ArrayList<>();
  private double[] origin = new double[3];
  private double cos = 1;
  private double sin;
  private double scale = 1;
  private int carrier;

  List<Face> faces() {
    return faces;
  }

  /** The number of things begun. */
  int objects() {
    return carriers.size();
  }

  void removeIf(Predicate<Face> unwanted) {
    faces.removeIf(unwanted);
  }

  /** Gives the lowest ground another's class and texture. */
  void ground(Face other) {
    Face lowest = faces.get(0);
    faces.set(
        0,
        new Face(
            lowest.object(),
            other.label(),
            other.surface(),
            lowest.points(),
            other.origin(),
            other.along(),
            other.across(),
            other.normal()));
  }

  /** The next faces are those of a new thing at a place. */
  void begin(double x, double y, double yaw) {
    begin(x, y, yaw, 1);
  }

  /** The next faces are those of a new thing at a place, larger or smaller than it is drawn. */
  void begin(double x, double y, double yaw, double size) {
    origin = new double[] {x, y, 0};
    cos = StrictMath.cos(yaw);
    sin = StrictMath.sin(yaw);
    scale = size;
    carrier = carriers.size();
    carriers.add(carrier);
  }

  /** The next faces are of a thing on the one that was begun, which may be left out alone. */
  void part() {
    carriers.add(carrier);
  }

  /** The thing without which another would hang in the air; itself if it stands on the ground. */
  int carrier(int object) {
    return carriers.get(object);
  }

  /** A flat polygon, given by x, y and z of its corners. */
  void polygon(SceneClass label, Surface surface, double... xyz) {
    double[] world = new double[xyz.length];
    for (int i = 0; i < xyz.length; i += 3) {
      double x = scale * xyz[i];
      double y = scale * xyz[i + 1];
      world[i] = origin[0] + cos * x - sin * y;
      world[i + 1] = origin[1] + sin * x + cos * y;
      world[i + 2] = scale * xyz[i + 2];
    }
    faces.add(Face.of(carriers.size() - 1, label, surface, world, origin, cos, sin));
  }

  /** A level polygon, given by x and y of its corners. */
  void level(SceneClass label, Surface surface, double z, double... xy) {
    double[] xyz = new double[xy.length / 2 * 3];
    for (int i = 0; i < xy.length / 2; i++) {
      xyz[3 * i] = xy[2 * i];
      xyz[3 * i + 1] = xy[2 * i + 1];
      xyz[3 * i + 2] = z;
    }
    polygon(label, surface, xyz);
  }

  /** A wall or slope between two outlines of as many corners. */
  void slope(
      SceneClass label, Surface surface, double z0, double[] below, double z1, double[] above) {
    for (int i = 0, j = below.length - 2; i < below.length; j = i, i += 2) {
      polygon(
          label,
          surface,
          below[j],
          below[j + 1],
          z0,
          below[i],
          below[i + 1],
          z0,
          above[i],
          above[i + 1],
          z1,
          above[j],
          above[j + 1],
          z1);
    }
  }

  /** A body with upright sides and a level top. */
  void prism(
      SceneClass label, Surface sides, Surface top, double z0, double z1, double... outline) {
    slope(label, sides, z0, outline, z1, outline);
    level(label, top, z1, outline);
  }

  /** A box that is level. */
  void box(
      SceneClass label,
      Surface surface,
      double x0,
      double y0,
      double z0,
      double x1,
      double y1,
      double z1) {
    prism(label, surface, surface, z0, z1, Outline.rectangle(x0, y0, x1, y1));
  }

  /** The upper half of an ellipsoid. */
  void dome(
      SceneClass label,
      Surface surface,
      double x,
      double y,
      double z,
      double rx,
      double ry,
      double rz) {
    int corners = 10;
    double[] ring = Outline.ellipse(x, y, rx, ry, corners);
    double height = z;
    for (int step = 1; step <= 2; step++) {
      double angle = Math.PI / 6 * step;
      double share = StrictMath.cos(angle);
      double[] next = Outline.ellipse(x, y, rx * share, ry * share, corners);
      double top = z + rz * StrictMath.sin(angle);
      slope(label, surface, height, ring, top, next);
      ring = next;
      height = top;
    }
    level(label, surface, height, ring);
  }

  /** A beam of square section between two points, seen from above. */
  void beam(SceneClass label, Surface surface, double width, double... ends) {
    double dx = ends[3] - ends[0];
    double dy = ends[4] - ends[1];
    double length = Math.max(Math.sqrt(dx * dx + dy * dy), 1e-6);
    double sx = -dy / length * width / 2;
    double sy = dx / length * width / 2;
    polygon(
        label,
        surface,
        ends[0] - sx,
        ends[1] - sy,
        ends[2],
        ends[0] + sx,
        ends[1] + sy,
        ends[2],
        ends[3] + sx,
        ends[4] + sy,
        ends[5],
        ends[3] - sx,
        ends[4] - sy,
        ends[5]);
  }
}
