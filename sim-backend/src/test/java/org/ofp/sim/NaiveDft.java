// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.util.Random;

/** The unitary DFT by its definition, in double precision, origin [0,0]: the truth in tests. */
public final class NaiveDft {
  private NaiveDft() {}

  /** Of interleaved complex values, kernel exp(−2πi·kn/N). */
  public static double[] forward(float[] field, int rows, int cols) {
    return transform(field, rows, cols, -1);
  }

  static double[] inverse(float[] field, int rows, int cols) {
    return transform(field, rows, cols, 1);
  }

  private static double[] transform(float[] field, int rows, int cols, int sign) {
    double[] in = new double[field.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = field[i];
    }
    double[] alongRows = new double[field.length];
    double[] circle = circle(cols, sign);
    for (int r = 0; r < rows; r++) {
      line(in, alongRows, 2 * r * cols, 2, cols, circle);
    }
    double[] out = new double[field.length];
    circle = circle(rows, sign);
    for (int c = 0; c < cols; c++) {
      line(alongRows, out, 2 * c, 2 * cols, rows, circle);
    }
    return out;
  }

  private static double[] circle(int n, int sign) {
    double[] circle = new double[2 * n];
    for (int k = 0; k < n; k++) {
      circle[2 * k] = Math.cos(2 * Math.PI * k / n);
      circle[2 * k + 1] = sign * Math.sin(2 * Math.PI * k / n);
    }
    return circle;
  }

  private static void line(double[] in, double[] out, int at, int stride, int n, double[] circle) {
    double scale = 1 / Math.sqrt(n);
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int j = 0, turn = 0; j < n; j++, turn = (turn + k) % n) {
        double x = in[at + j * stride];
        double y = in[at + j * stride + 1];
        re += x * circle[2 * turn] - y * circle[2 * turn + 1];
        im += x * circle[2 * turn + 1] + y * circle[2 * turn];
      }
      out[at + k * stride] = re * scale;
      out[at + k * stride + 1] = im * scale;
    }
  }

  /** ‖y−ref‖₂/‖ref‖₂. */
  static double relativeError(float[] y, double[] reference) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < reference.length; i++) {
      difference += (y[i] - reference[i]) * (y[i] - reference[i]);
      norm += reference[i] * reference[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** Both quadratures uniform in [−0.5, 1): a field with a mean. */
  static float[] randomField(int rows, int cols, long seed) {
    Random random = new Random(seed);
    float[] field = new float[2 * rows * cols];
    for (int i = 0; i < field.length; i++) {
      field[i] = 1.5f * random.nextFloat() - 0.5f;
    }
    return field;
  }
}
