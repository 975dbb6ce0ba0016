// SPDX-License-Identifier: Apache-2.0
package com.example.bench;

/**
 * What the made-up bench's lens does, by the definition: with the axis in pixel N₀ = ⌊N/2⌋
 *
 * <pre>E[m] = (1/i)·Σ_j a[j]·exp(−2πi·(m−N₀)·(j−N₀)/N)/√N        the sum per axis</pre>
 */
final class Diffraction {
  private Diffraction() {}

  /** The field at the sensor of interleaved amplitudes {@code [rows, cols, 2]}. */
  static double[] field(int rows, int cols, float[] amplitudes) {
    double[] shown = new double[amplitudes.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = amplitudes[i];
    }
    double[] half = new double[shown.length];
    for (int r = 0; r < rows; r++) {
      line(shown, half, 2 * r * cols, 2, cols);
    }
    double[] full = new double[shown.length];
    for (int c = 0; c < cols; c++) {
      line(half, full, 2 * c, 2 * cols, rows);
    }
    for (int i = 0; i < full.length; i += 2) { // (x + iy)/i = y − ix
      double re = full[i];
      full[i] = full[i + 1];
      full[i + 1] = -re;
    }
    return full;
  }

  private static void line(double[] in, double[] out, int at, int stride, int n) {
    int axis = n / 2;
    double scale = 1 / Math.sqrt(n);
    for (int m = 0; m < n; m++) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < n; j++) {
        // Reduced in integers, so that the angle is exact.
        double angle = -2 * Math.PI * Math.floorMod((m - axis) * (j - axis), n) / n;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double x = in[at + j * stride];
        double y = in[at + j * stride + 1];
        re += x * cos - y * sin;
        im += x * sin + y * cos;
      }
      out[at + m * stride] = re * scale;
      out[at + m * stride + 1] = im * scale;
    }
  }
}
