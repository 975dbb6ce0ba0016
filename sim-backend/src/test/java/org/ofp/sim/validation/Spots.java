// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

/** Where a pattern lies on the detector, and how wide it is. */
final class Spots {
  private Spots() {}

  /**
   * The place of a pattern over the columns, in pixels from the axis: {@code N/2π} times the angle
   * of its first circular moment. By the correlation theorem that moment is the autocorrelation of
   * the pupil at a lag of one pixel, so for a pupil of one phase but a tilt, dark at its edges, the
   * tilt follows without any error of sampling.
   */
  static double column(double[] intensity, int rows, int cols) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < rows * cols; i++) {
      double angle = 2 * Math.PI * Frames.x(i, cols) / cols;
      re += intensity[i] * Math.cos(angle);
      im += intensity[i] * Math.sin(angle);
    }
    return cols / (2 * Math.PI) * Math.atan2(im, re);
  }

  /** The place over the rows. */
  static double row(double[] intensity, int rows, int cols) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < rows * cols; i++) {
      double angle = 2 * Math.PI * Frames.y(i, rows, cols) / rows;
      re += intensity[i] * Math.cos(angle);
      im += intensity[i] * Math.sin(angle);
    }
    return rows / (2 * Math.PI) * Math.atan2(im, re);
  }

  /** The 1/e² radius 2√⟨x²⟩ over the columns of a pattern on the axis, in pixels. */
  static double radius(double[] intensity, int rows, int cols) {
    double sum = 0;
    double moment = 0;
    for (int i = 0; i < rows * cols; i++) {
      double x = Frames.x(i, cols);
      sum += intensity[i];
      moment += x * x * intensity[i];
    }
    return 2 * Math.sqrt(moment / sum);
  }
}
