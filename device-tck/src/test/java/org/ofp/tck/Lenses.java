// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.FrameShape;

/** A lens by the definition: every detector pixel is a sum over all SLM pixels, axis by axis. */
final class Lenses {
  private Lenses() {}

  static double[] field(FrameShape shape, double[] a) {
    double[] transformed = centred(shape, a, -1);
    double[] field = new double[a.length];
    for (int i = 0; i < a.length; i += 2) { // (x + iy)/i = y − ix
      field[i] = transformed[i + 1];
      field[i + 1] = -transformed[i];
    }
    return field;
  }

  /** DFT about the axis in both planes; {@code sign} is that of the kernel. */
  static double[] centred(FrameShape shape, double[] a, int sign) {
    int rows = shape.rows();
    int cols = shape.cols();
    double[][] alongCols = kernel(cols, sign);
    double[][] alongRows = kernel(rows, sign);
    double[] half = new double[a.length];
    double[] full = new double[a.length];
    for (int r = 0; r < rows; r++) {
      for (int m = 0; m < cols; m++) {
        for (int c = 0; c < cols; c++) {
          add(half, r * cols + m, a, r * cols + c, alongCols, m, c);
        }
      }
    }
    for (int m = 0; m < rows; m++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < cols; c++) {
          add(full, m * cols + c, half, r * cols + c, alongRows, m, r);
        }
      }
    }
    return full;
  }

  private static void add(
      double[] out, int to, double[] in, int from, double[][] kernel, int m, int j) {
    double re = kernel[m][2 * j];
    double im = kernel[m][2 * j + 1];
    out[2 * to] += in[2 * from] * re - in[2 * from + 1] * im;
    out[2 * to + 1] += in[2 * from] * im + in[2 * from + 1] * re;
  }

  private static double[][] kernel(int n, int sign) {
    double[][] kernel = new double[n][2 * n];
    for (int m = 0; m < n; m++) {
      for (int j = 0; j < n; j++) {
        double angle = sign * 2 * Math.PI * (m - n / 2) * (j - n / 2) / n;
        kernel[m][2 * j] = Math.cos(angle) / Math.sqrt(n);
        kernel[m][2 * j + 1] = Math.sin(angle) / Math.sqrt(n);
      }
    }
    return kernel;
  }
}
