// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** Closed curves as x, y, x, y, …, in metres. */
final class Outline {
  private Outline() {}

  static double[] rectangle(double x0, double y0, double x1, double y1) {
    return new double[] {x0, y0, x1, y0, x1, y1, x0, y1};
  }

  static double[] ellipse(double x, double y, double rx, double ry, int corners) {
    double[] xy = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * (i + 0.5) / corners;
      xy[2 * i] = x + rx * StrictMath.cos(angle);
      xy[2 * i + 1] = y + ry * StrictMath.sin(angle);
    }
    return xy;
  }

  /** A rectangle about a point with its corners cut round. */
  static double[] rounded(double x, double y, double rx, double ry, double radius) {
    int steps = 4;
    double[] xy = new double[8 * (steps + 1)];
    int n = 0;
    for (int corner = 0; corner < 4; corner++) {
      double cx = x + (corner == 0 || corner == 3 ? rx - radius : radius - rx);
      double cy = y + (corner < 2 ? ry - radius : radius - ry);
      for (int i = 0; i <= steps; i++) {
        double angle = Math.PI / 2 * (corner + (double) i / steps);
        xy[n++] = cx + radius * StrictMath.cos(angle);
        xy[n++] = cy + radius * StrictMath.sin(angle);
      }
    }
    return xy;
  }

  /** A rounded patch whose radius wavers by a share of it. */
  static double[] blob(SceneRandom random, double x, double y, double rx, double ry, double waver) {
    int corners = 40;
    double[] phases = {random.angle(), random.angle(), random.angle(), random.angle()};
    double[] xy = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double radius = 1;
      for (int k = 0; k < phases.length; k++) {
        radius += waver / (k + 1) * StrictMath.cos((k + 2) * angle + phases[k]);
      }
      xy[2 * i] = x + rx * radius * StrictMath.cos(angle);
      xy[2 * i + 1] = y + ry * radius * StrictMath.sin(angle);
    }
    return xy;
  }

  /**
   * A band along x, from −reach to reach, about y, that swings to and fro.
   *
   * @param swing how far, in metres
   */
  static double[] band(SceneRandom random, double y, double width, double reach, double swing) {
    int steps = 32;
    double phase = random.angle();
    double wave = random.in(0.12, 0.3);
    double[] xy = new double[4 * steps];
    for (int i = 0; i < steps; i++) {
      double x = reach * (2.0 * i / (steps - 1) - 1);
      double middle = y + swing * StrictMath.sin(wave * x + phase);
      int back = 2 * steps - 1 - i;
      xy[2 * i] = x;
      xy[2 * i + 1] = middle - width / 2;
      xy[2 * back] = x;
      xy[2 * back + 1] = middle + width / 2;
    }
    return xy;
  }

  /** The curve seen from another place and direction. */
  static double[] moved(double[] xy, double x, double y, double yaw) {
    double cos = StrictMath.cos(yaw);
    double sin = StrictMath.sin(yaw);
    double[] moved = new double[xy.length];
    for (int i = 0; i < xy.length; i += 2) {
      moved[i] = x + cos * xy[i] - sin * xy[i + 1];
      moved[i + 1] = y + sin * xy[i] + cos * xy[i + 1];
    }
    return moved;
  }

  /** Whether a point lies within, by the even-odd rule. */
  static boolean contains(double[] xy, double x, double y) {
    boolean inside = false;
    for (int i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
      boolean spans = xy[i + 1] > y != xy[j + 1] > y;
      if (spans && x < xy[i] + (xy[j] - xy[i]) * (y - xy[i + 1]) / (xy[j + 1] - xy[i + 1])) {
        inside = !inside;
      }
    }
    return inside;
  }
}
