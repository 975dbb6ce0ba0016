// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.FrameShape;

/**
 * The field at the sensor, by the definition: with N₀ = ⌊N/2⌋ per axis
 *
 * <pre>E[m] = (1/i)·Σ_j a[j]·exp(−2πi·(m−N₀)(j−N₀)/N)/√N     per axis, one factor 1/i in all</pre>
 *
 * <p>Double precision, row by row, then column by column. Shares no code with the device API or any
 * backend, so that it cannot share their mistakes.
 */
final class Diffraction {
  private Diffraction() {}

  /** Interleaved field of a frame, as the sensor sees it. */
  static double[] field(TestFrame frame) {
    FrameShape shape = frame.shape();
    int rows = shape.rows();
    int cols = shape.cols();
    double[] in = new double[frame.amplitudes().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = frame.amplitudes()[i];
    }
    double[] half = new double[in.length];
    double[] wave = circle(cols);
    for (int r = 0; r < rows; r++) {
      diffract(in, half, 2 * r * cols, 2, cols, wave);
    }
    double[] full = new double[in.length];
    wave = circle(rows);
    for (int c = 0; c < cols; c++) {
      diffract(half, full, 2 * c, 2 * cols, rows, wave);
    }
    double[] field = new double[in.length];
    for (int i = 0; i < field.length; i += 2) { // (x + iy)/i = y − ix
      field[i] = full[i + 1];
      field[i + 1] = -full[i];
    }
    return field;
  }

  /** {@code exp(−2πi·k/n)/√n}, interleaved. */
  private static double[] circle(int n) {
    double[] circle = new double[2 * n];
    for (int k = 0; k < n; k++) {
      circle[2 * k] = Math.cos(2 * Math.PI * k / n) / Math.sqrt(n);
      circle[2 * k + 1] = -Math.sin(2 * Math.PI * k / n) / Math.sqrt(n);
    }
    return circle;
  }

  private static void diffract(
      double[] in, double[] out, int at, int stride, int n, double[] circle) {
    int axis = n / 2;
    for (int m = 0; m < n; m++) {
      int step = Math.floorMod(m - axis, n);
      int k = (int) Math.floorMod((long) -axis * (m - axis), (long) n);
      double re = 0;
      double im = 0;
      for (int j = 0; j < n; j++) {
        double x = in[at + j * stride];
        double y = in[at + j * stride + 1];
        re += x * circle[2 * k] - y * circle[2 * k + 1];
        im += x * circle[2 * k + 1] + y * circle[2 * k];
        k += step;
        k -= k >= n ? n : 0;
      }
      out[at + m * stride] = re;
      out[at + m * stride + 1] = im;
    }
  }
}
