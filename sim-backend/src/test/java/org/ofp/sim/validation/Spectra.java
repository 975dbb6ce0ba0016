// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

/** The unitary DFT with index origin [0,0] in double precision: the truth of transforms. */
final class Spectra {
  private Spectra() {}

  /** Forward, kernel exp(−2πi·kn/N), of interleaved complex values. */
  static double[] forward(float[] field, int rows, int cols) {
    double[] lines = new double[field.length];
    double[] out = new double[field.length];
    double[] in = Diffraction.widened(field);
    for (int r = 0; r < rows; r++) {
      line(in, lines, 2 * r * cols, 2, cols);
    }
    for (int c = 0; c < cols; c++) {
      line(lines, out, 2 * c, 2 * cols, rows);
    }
    return out;
  }

  private static void line(double[] in, double[] out, int from, int stride, int n) {
    double[] circle = new double[2 * n];
    for (int k = 0; k < n; k++) {
      circle[2 * k] = Math.cos(2 * Math.PI * k / n);
      circle[2 * k + 1] = -Math.sin(2 * Math.PI * k / n);
    }
    double scale = 1 / Math.sqrt(n);
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int j = 0, turn = 0; j < n; j++, turn = (turn + k) % n) {
        double x = in[from + j * stride];
        double y = in[from + j * stride + 1];
        re += x * circle[2 * turn] - y * circle[2 * turn + 1];
        im += x * circle[2 * turn + 1] + y * circle[2 * turn];
      }
      out[from + k * stride] = re * scale;
      out[from + k * stride + 1] = im * scale;
    }
  }
}
