// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * Where the pattern falls on the detector: magnified, distorted radially, turned, shifted, in that
 * order. The light that an ideal bench would put at r from the axis falls at
 *
 * <pre>  r' = Q·s(M·r),   s(r) = r·(1 + k1·(r/ρ)²)</pre>
 *
 * with Q the rotation and ρ the distance of the detector's corner. Its power stays: the amplitude
 * is divided by the root of the Jacobian.
 */
public final class DetectorMap {
  /** Distance of the corner in units of the detector's sides. */
  private static final double CORNER = Math.sqrt(0.5);

  private final LensParameters lens;
  private final FrameShape shape;
  private final double cos;
  private final double sin;

  /** The map for a detector of one shape. */
  public DetectorMap(LensParameters lens, FrameShape shape) {
    this.lens = lens;
    this.shape = shape;
    cos = Math.cos(lens.rotation());
    sin = Math.sin(lens.rotation());
  }

  /**
   * The ideal place of the light that falls on a detector pixel.
   *
   * @param row of the pixel, from the axis
   * @param col of the pixel, from the axis
   * @param place receives the ideal row and column from the axis in pixels, and the factor of the
   *     amplitude; 0 where no light falls
   */
  public void source(double row, double col, double[] place) {
    // In units of the detector's sides: both are λf/pitch long, whatever the frame's shape.
    double y = (row - lens.shiftY()) / shape.rows();
    double x = (col - lens.shiftX()) / shape.cols();
    double turnedX = cos * x + sin * y;
    double turnedY = cos * y - sin * x;
    double distance = Math.hypot(turnedX, turnedY) / CORNER;
    double undistorted = undistort(distance);
    double k1 = lens.distortion();
    double square = k1 * undistorted * undistorted;
    double jacobian = (1 + square) * (1 + 3 * square);
    boolean lit = undistorted >= 0 && jacobian > 0;
    double scale = (distance == 0 ? 1 : undistorted / distance) / lens.magnification();
    place[0] = lit ? turnedY * scale * shape.rows() : 0;
    place[1] = lit ? turnedX * scale * shape.cols() : 0;
    place[2] = lit ? 1 / (lens.magnification() * Math.sqrt(jacobian)) : 0;
  }

  /** Solves r(1+k1·r²) = distance by Newton's method; −1 if no r does. */
  private double undistort(double distance) {
    double k1 = lens.distortion();
    if (k1 < 0 && distance > 2 / (3 * Math.sqrt(-3 * k1))) {
      return -1; // beyond the largest r' that the pattern reaches
    }
    double r = k1 < 0 ? 0 : distance;
    for (int i = 0; i < 100; i++) {
      double step = (r * (1 + k1 * r * r) - distance) / (1 + 3 * k1 * r * r);
      r -= step;
      if (Math.abs(step) < 1e-14) {
        break;
      }
    }
    return r;
  }
}
