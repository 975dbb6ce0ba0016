// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/** Random matrices, buffers that hold them, and how far results are off. */
final class Values {
  private Values() {}

  static float[] gaussian(long seed, int length) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** A buffer that starts with some other floats, positioned behind them. */
  static FloatBuffer buffer(boolean direct, int before, float... values) {
    int length = before + values.length;
    FloatBuffer buffer =
        direct
            ? ByteBuffer.allocateDirect(Float.BYTES * length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
            : FloatBuffer.allocate(length);
    for (int i = 0; i < before; i++) {
      buffer.put(Float.NaN);
    }
    return buffer.put(values).position(before);
  }

  /** What is behind the position. */
  static float[] content(FloatBuffer buffer) {
    float[] values = new float[buffer.remaining()];
    buffer.get(buffer.position(), values);
    return values;
  }

  /** ‖y − exact‖₂/‖exact‖₂. */
  static double relativeError(float[] y, double[] exact) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < exact.length; i++) {
      error += (y[i] - exact[i]) * (y[i] - exact[i]);
      norm += exact[i] * exact[i];
    }
    return Math.sqrt(norm == 0 ? error : error / norm);
  }

  /** The pointwise product by its definition; no bias for null. */
  static double[] pointwise(
      int images, int cout, int cin, int pixels, float[] w, float[] bias, float[] x) {
    double[] y = new double[images * cout * pixels];
    for (int row = 0; row < images * cout; row++) {
      for (int p = 0; p < pixels; p++) {
        double sum = bias == null ? 0 : bias[row % cout];
        for (int ci = 0; ci < cin; ci++) {
          sum += (double) w[row % cout * cin + ci] * x[(row / cout * cin + ci) * pixels + p];
        }
        y[row * pixels + p] = sum;
      }
    }
    return y;
  }

  /** Products of complex matrices by their definition. */
  static double[] complex(int matrices, int m, int k, int n, float[] w, float[] x) {
    double[] y = new double[2 * matrices * m * n];
    for (int row = 0; row < matrices * m; row++) {
      for (int j = 0; j < n; j++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < k; i++) {
          int a = 2 * (row * k + i);
          int b = 2 * ((row / m * k + i) * n + j);
          re += (double) w[a] * x[b] - (double) w[a + 1] * x[b + 1];
          im += (double) w[a] * x[b + 1] + (double) w[a + 1] * x[b];
        }
        y[2 * (row * n + j)] = re;
        y[2 * (row * n + j) + 1] = im;
      }
    }
    return y;
  }
}
