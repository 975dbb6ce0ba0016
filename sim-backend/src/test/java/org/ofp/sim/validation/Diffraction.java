// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

/**
 * The diffraction sum in double precision, by its definition: what a perfect lens makes of point
 * sources on the SLM's grid (Goodman, section 5.2),
 *
 * <pre>E(y, x) = (1/i)·(1/√(RC))·Σ a[r,c]·exp(−2πi((r−R/2)·y/R + (c−C/2)·x/C))</pre>
 *
 * at any place of the detector plane, in detector pixels from the axis, also between pixels.
 * Complex numbers are interleaved.
 */
final class Diffraction {
  private final double[] frame;
  private final int rows;
  private final int cols;

  /** Of amplitudes as they are shown, {@code 2·rows·cols} numbers. */
  Diffraction(double[] frame, int rows, int cols) {
    this.frame = frame;
    this.rows = rows;
    this.cols = cols;
  }

  /** Of amplitudes as they are asked for. */
  Diffraction(float[] frame, int rows, int cols) {
    this(widened(frame), rows, cols);
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** The field at one place. */
  double[] at(double y, double x) {
    double[] overCols = circle(cols, x);
    double[] overRows = circle(rows, y);
    double re = 0;
    double im = 0;
    for (int r = 0; r < rows; r++) {
      double lineRe = 0;
      double lineIm = 0;
      for (int c = 0; c < cols; c++) {
        int i = 2 * (r * cols + c);
        lineRe += frame[i] * overCols[2 * c] - frame[i + 1] * overCols[2 * c + 1];
        lineIm += frame[i] * overCols[2 * c + 1] + frame[i + 1] * overCols[2 * c];
      }
      re += lineRe * overRows[2 * r] - lineIm * overRows[2 * r + 1];
      im += lineRe * overRows[2 * r + 1] + lineIm * overRows[2 * r];
    }
    double scale = 1 / Math.sqrt((double) rows * cols);
    return new double[] {im * scale, -re * scale};
  }

  private static double[] circle(int n, double place) {
    double[] circle = new double[2 * n];
    for (int i = 0; i < n; i++) {
      double angle = -2 * Math.PI * (i - n / 2) * place / n;
      circle[2 * i] = Math.cos(angle);
      circle[2 * i + 1] = Math.sin(angle);
    }
    return circle;
  }

  /** Where the light of a detector pixel comes from in the undisturbed pattern, and how strong. */
  interface Source {
    /**
     * The origin.
     *
     * @param y detector pixels from the axis over the rows
     * @param x over the columns
     * @return y and x in the undisturbed pattern, and the factor of the field
     */
    double[] of(double y, double x);
  }

  /** The field at every detector pixel if the pattern is displaced. */
  double[] displaced(Source source) {
    double[] field = new double[frame.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        double[] from = source.of(r - rows / 2, c - cols / 2);
        double[] e = at(from[0], from[1]);
        field[2 * (r * cols + c)] = from[2] * e[0];
        field[2 * (r * cols + c) + 1] = from[2] * e[1];
      }
    }
    return field;
  }

  /** The field at every detector pixel, axis by axis. */
  double[] field() {
    double[] field = new double[frame.length];
    double[] lines = new double[frame.length];
    for (int r = 0; r < rows; r++) {
      line(frame, lines, 2 * r * cols, 2, cols, -1);
    }
    for (int c = 0; c < cols; c++) {
      line(lines, field, 2 * c, 2 * cols, rows, -1);
    }
    for (int i = 0; i < field.length; i += 2) {
      double re = field[i];
      field[i] = field[i + 1];
      field[i + 1] = -re;
    }
    return field;
  }

  /** The amplitudes on the SLM that make a field at the detector's pixels. */
  static double[] amplitudes(double[] field, int rows, int cols) {
    double[] frame = new double[field.length];
    double[] lines = new double[field.length];
    for (int r = 0; r < rows; r++) {
      line(field, lines, 2 * r * cols, 2, cols, 1);
    }
    for (int c = 0; c < cols; c++) {
      line(lines, frame, 2 * c, 2 * cols, rows, 1);
    }
    for (int i = 0; i < frame.length; i += 2) {
      double re = frame[i];
      frame[i] = -frame[i + 1];
      frame[i + 1] = re;
    }
    return frame;
  }

  private static void line(double[] in, double[] out, int from, int stride, int n, int sign) {
    double[] circle = new double[2 * n];
    for (int k = 0; k < n; k++) {
      circle[2 * k] = Math.cos(2 * Math.PI * k / n);
      circle[2 * k + 1] = sign * Math.sin(2 * Math.PI * k / n);
    }
    double scale = 1 / Math.sqrt(n);
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < n; j++) {
        int turn = 2 * Math.floorMod((j - n / 2) * (k - n / 2), n);
        int i = from + j * stride;
        re += in[i] * circle[turn] - in[i + 1] * circle[turn + 1];
        im += in[i] * circle[turn + 1] + in[i + 1] * circle[turn];
      }
      out[from + k * stride] = re * scale;
      out[from + k * stride + 1] = im * scale;
    }
  }

  /** ‖y−ref‖₂/‖ref‖₂. */
  static double relativeError(double[] y, double[] reference) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < reference.length; i++) {
      difference += (y[i] - reference[i]) * (y[i] - reference[i]);
      norm += reference[i] * reference[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** Σ of the squares: the energy of a complex field. */
  static double energy(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v * v;
    }
    return sum;
  }
}
