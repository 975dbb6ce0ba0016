// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.Random;

/** Random data, the naive transform in double precision, and the error measure of physics.md. */
final class Numbers {

  private Numbers() {}

  static float[] gaussian(long seed, int length) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** ‖y − ref‖₂/‖ref‖₂; the absolute norm for a zero reference. */
  static double relativeError(float[] y, double[] ref) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < ref.length; i++) {
      error += (y[i] - ref[i]) * (y[i] - ref[i]);
      norm += ref[i] * ref[i];
    }
    return Math.sqrt(norm == 0 ? error : error / norm);
  }

  static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  static double energy(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += (double) v * v;
    }
    return sum;
  }

  /** The unitary 2-D DFT by its definition, sum by sum along rows and then columns. */
  static double[] dft(float[] frame, int rows, int cols, boolean inverse) {
    double[] out = widen(frame);
    for (int r = 0; r < rows; r++) {
      line(out, 2 * r * cols, 2, cols, inverse);
    }
    for (int c = 0; c < cols; c++) {
      line(out, 2 * c, 2 * cols, rows, inverse);
    }
    return out;
  }

  private static void line(double[] data, int start, int step, int n, boolean inverse) {
    double[] cos = new double[n];
    double[] sin = new double[n];
    for (int i = 0; i < n; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / n);
      sin[i] = (inverse ? 1 : -1) * Math.sin(2 * Math.PI * i / n);
    }
    double[] in = new double[2 * n];
    for (int i = 0; i < n; i++) {
      in[2 * i] = data[start + i * step];
      in[2 * i + 1] = data[start + i * step + 1];
    }
    double scale = 1 / Math.sqrt(n);
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      int phase = 0;
      for (int i = 0; i < n; i++) {
        re += in[2 * i] * cos[phase] - in[2 * i + 1] * sin[phase];
        im += in[2 * i] * sin[phase] + in[2 * i + 1] * cos[phase];
        phase += k;
        if (phase >= n) {
          phase -= n;
        }
      }
      data[start + k * step] = re * scale;
      data[start + k * step + 1] = im * scale;
    }
  }
}
