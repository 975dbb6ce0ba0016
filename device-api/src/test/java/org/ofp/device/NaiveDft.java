// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Random;

/** The unitary DFT by its definition, in double precision, origin [0,0]: the truth in tests. */
final class NaiveDft {
  private NaiveDft() {}

  static double[] forward(float[] field, int rows, int cols) {
    return transform(toDouble(field), rows, cols, -1);
  }

  static double[] inverse(float[] field, int rows, int cols) {
    return transform(toDouble(field), rows, cols, 1);
  }

  static double[] transform(double[] field, int rows, int cols, int sign) {
    double[] alongRows = new double[field.length];
    for (int r = 0; r < rows; r++) {
      line(field, alongRows, 2 * r * cols, 2, cols, sign);
    }
    double[] out = new double[field.length];
    for (int c = 0; c < cols; c++) {
      line(alongRows, out, 2 * c, 2 * cols, rows, sign);
    }
    return out;
  }

  private static void line(double[] in, double[] out, int at, int stride, int n, int sign) {
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < n; j++) {
        double angle = sign * 2 * Math.PI * ((long) k * j % n) / n;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double x = in[at + j * stride];
        double y = in[at + j * stride + 1];
        re += x * cos - y * sin;
        im += x * sin + y * cos;
      }
      out[at + k * stride] = re / Math.sqrt(n);
      out[at + k * stride + 1] = im / Math.sqrt(n);
    }
  }

  static double[] toDouble(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  /** ‖y−ref‖₂/‖ref‖₂; the absolute norm if the reference is zero. */
  static double relativeError(float[] y, double[] reference) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < reference.length; i++) {
      difference += (y[i] - reference[i]) * (y[i] - reference[i]);
      norm += reference[i] * reference[i];
    }
    return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
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
