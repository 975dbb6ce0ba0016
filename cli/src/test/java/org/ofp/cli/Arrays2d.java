// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.util.Random;

/** Textbook transforms and convolutions in double precision, and numbers to try them on. */
final class Arrays2d {
  private Arrays2d() {}

  /** Uniform numbers from −1 to 1. */
  static float[] random(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  /** The unitary DFT of an interleaved complex field by its definition. */
  static double[] dft(float[] field, int rows, int cols, boolean inverse) {
    double[] out = new double[2 * rows * cols];
    double sign = inverse ? 2 * Math.PI : -2 * Math.PI;
    double scale = 1 / Math.sqrt(rows * cols);
    for (int u = 0; u < rows; u++) {
      for (int v = 0; v < cols; v++) {
        double re = 0;
        double im = 0;
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < cols; x++) {
            double angle = sign * ((double) u * y / rows + (double) v * x / cols);
            int at = 2 * (y * cols + x);
            re += field[at] * Math.cos(angle) - field[at + 1] * Math.sin(angle);
            im += field[at] * Math.sin(angle) + field[at + 1] * Math.cos(angle);
          }
        }
        out[2 * (u * cols + v)] = re * scale;
        out[2 * (u * cols + v) + 1] = im * scale;
      }
    }
    return out;
  }

  /** Interleaves zeros as imaginary parts. */
  static float[] complex(float[] real) {
    float[] complex = new float[2 * real.length];
    for (int i = 0; i < real.length; i++) {
      complex[2 * i] = real[i];
    }
    return complex;
  }

  /** 10·log₁₀ of the reference's power over the difference's. */
  static double snrDb(double[] reference, float[] values) {
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < values.length; i++) {
      signal += reference[i] * reference[i];
      noise += (values[i] - reference[i]) * (values[i] - reference[i]);
    }
    return 10 * Math.log10(signal / noise);
  }
}
