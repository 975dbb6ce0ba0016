// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.Arrays;
import java.util.List;

/** Which face is in front at the middle of each pixel, and how near: a depth buffer. */
final class Raster {
  private final int width;
  private final int top;
  private final int rows;
  private final int[] face;
  private final float[] nearness;
  private final double[] point = new double[3];
  private double[] px = new double[64];
  private double[] py = new double[64];
  private double[] pn = new double[64];
  private double[] crossings = new double[64];

  /**
   * A strip of a picture.
   *
   * @param top its first row
   */
  Raster(int width, int top, int rows) {
    this.width = width;
    this.top = top;
    this.rows = rows;
    face = new int[width * rows];
    nearness = new float[width * rows];
  }

  /** Draws all faces; of equally near ones the last is in front. */
  void draw(List<Face> faces, Projection projection) {
    Arrays.fill(face, -1);
    Arrays.fill(nearness, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < faces.size(); i++) {
      draw(i, faces.get(i).points(), projection);
    }
  }

  /** Index of the face at a pixel; −1 where there is none. */
  int face(int index) {
    return face[index];
  }

  /** Nearness at a pixel, as the projection measures it; −∞ where there is no face. */
  float nearness(int index) {
    return nearness[index];
  }

  private void draw(int index, double[] xyz, Projection projection) {
    int corners = xyz.length / 3;
    if (corners > px.length) {
      px = new double[corners];
      py = new double[corners];
      pn = new double[corners];
      crossings = new double[corners];
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double farthest = Double.POSITIVE_INFINITY;
    double nearest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < corners; i++) {
      projection.project(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2], point);
      px[i] = point[0];
      py[i] = point[1];
      pn[i] = point[2];
      low = Math.min(low, point[1]);
      high = Math.max(high, point[1]);
      farthest = Math.min(farthest, point[2]);
      nearest = Math.max(nearest, point[2]);
    }
    int first = (int) Math.max(top, Math.ceil(low - 0.5));
    int last = (int) Math.min(top + rows, Math.ceil(high - 0.5));
    if (first >= last) {
      return;
    }
    double[] slope = slope(corners);
    for (int row = first; row < last; row++) {
      int count = cross(corners, row + 0.5);
      double atRow = pn[0] + slope[1] * (row + 0.5 - py[0]) + slope[0] * (0.5 - px[0]);
      for (int i = 0; i + 1 < count; i += 2) {
        int from = (int) Math.max(0, Math.ceil(crossings[i] - 0.5));
        int to = (int) Math.min(width, Math.ceil(crossings[i + 1] - 0.5));
        int line = (row - top) * width;
        for (int col = from; col < to; col++) {
          // Of a face seen edge-on the slope is not known well.
          double linear = atRow + slope[0] * col;
          float near = (float) Math.min(nearest, Math.max(farthest, linear));
          if (near >= nearness[line + col]) {
            nearness[line + col] = near;
            face[line + col] = index;
          }
        }
      }
    }
  }

  /** Where the outline crosses a row, from left to right. */
  private int cross(int corners, double y) {
    int count = 0;
    for (int i = 0, j = corners - 1; i < corners; j = i++) {
      if (py[i] > y != py[j] > y) {
        double x = px[i] + (px[j] - px[i]) * (y - py[i]) / (py[j] - py[i]);
        int k = count++;
        for (; k > 0 && crossings[k - 1] > x; k--) {
          crossings[k] = crossings[k - 1];
        }
        crossings[k] = x;
      }
    }
    return count;
  }

  /** How nearness grows with column and row: through the largest triangle of the polygon's fan. */
  private double[] slope(int corners) {
    double best = 0;
    double[] slope = {0, 0};
    for (int i = 1; i + 1 < corners; i++) {
      double ax = px[i] - px[0];
      double ay = py[i] - py[0];
      double bx = px[i + 1] - px[0];
      double by = py[i + 1] - py[0];
      double area = ax * by - ay * bx;
      if (Math.abs(area) > Math.abs(best)) {
        double an = pn[i] - pn[0];
        double bn = pn[i + 1] - pn[0];
        best = area;
        slope[0] = (an * by - bn * ay) / area;
        slope[1] = (ax * bn - bx * an) / area;
      }
    }
    return slope;
  }
}
