// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.optics.LensFactors;

/**
 * A lens whose pattern falls pixel by pixel on the detector: the DFT, moved to the axis, times the
 * {@link LensFactors}. Immutable, safe for use by several threads.
 */
final class CentredLens implements Lens {
  private final FrameShape shape;
  private final FftPlan fft;

  private final boolean alternating;
  private final float[] rowFactors;
  private final float[] colRe;
  private final float[] colIm;

  CentredLens(FrameShape shape, LensFactors factors, FftKernel kernel) {
    this.shape = shape;
    fft = kernel.plan(shape.rows(), shape.cols());
    alternating = factors.isAlternating();
    rowFactors = factors.rowFactors();
    colRe = factors.colRe();
    colIm = factors.colIm();
  }

  /** A lens behind point-like pixels. */
  static CentredLens ideal(FrameShape shape, FftKernel kernel) {
    return new CentredLens(shape, LensFactors.ideal(shape), kernel);
  }

  @Override
  public void propagate(float[] light, int offset, Lanes lanes, float[] re, float[] im) {
    int cols = shape.cols();
    lanes.require(cols);
    fft.forward(
        light,
        offset,
        (k, spectrum, from) -> {
          int sensorRow = (k + shape.axisRow()) % shape.rows() * cols;
          if (alternating) {
            alternate(spectrum, from, k, cols / 2, re, im, sensorRow);
          } else {
            lanes.split(spectrum, from, cols);
            turn(rowFactors[2 * k], rowFactors[2 * k + 1], cols, lanes);
            toAxis(lanes.c, re, sensorRow);
            toAxis(lanes.d, im, sensorRow);
          }
        });
  }

  /** A row of two halves by signs alone, which takes half the time of the general way. */
  private static void alternate(
      float[] f, int from, int row, int half, float[] re, float[] im, int target) {
    alternateHalf(f, from, row, half, re, im, target + half);
    alternateHalf(f, from + 2 * half, row + half, half, re, im, target);
  }

  private static void alternateHalf(
      float[] f, int from, int parity, int n, float[] re, float[] im, int target) {
    float sign = parity % 2 == 0 ? 1 : -1;
    int pairs = n & ~1;
    for (int j = 0; j < pairs; j += 2) {
      re[target + j] = sign * f[from + 2 * j + 1];
      im[target + j] = -sign * f[from + 2 * j];
      re[target + j + 1] = -sign * f[from + 2 * j + 3];
      im[target + j + 1] = sign * f[from + 2 * j + 2];
    }
    if (pairs < n) {
      re[target + pairs] = sign * f[from + 2 * pairs + 1];
      im[target + pairs] = -sign * f[from + 2 * pairs];
    }
  }

  // Rows, as Lanes says: 0.8 ns a pixel on one core (JDK 17, 3.9 GHz), and 1.3 ns pixel by pixel.

  /** Turns the split row to {@code lanes.c} and {@code lanes.d}. */
  private void turn(float rowRe, float rowIm, int cols, Lanes lanes) {
    combine(colRe, rowRe, colIm, -rowIm, cols, lanes.a);
    combine(colIm, rowRe, colRe, rowIm, cols, lanes.b);
    turn(lanes.re, lanes.im, lanes.a, lanes.b, cols, lanes.c, lanes.d);
  }

  private static void combine(float[] x, float a, float[] y, float b, int n, float[] sum) {
    for (int i = 0; i < n; i++) {
      sum[i] = a * x[i] + b * y[i];
    }
  }

  private static void turn(
      float[] re, float[] im, float[] cos, float[] sin, int n, float[] outRe, float[] outIm) {
    for (int i = 0; i < n; i++) {
      outRe[i] = re[i] * cos[i] - im[i] * sin[i];
      outIm[i] = re[i] * sin[i] + im[i] * cos[i];
    }
  }

  /** Columns 0 … C−N₀−1 go from the axis on, the rest to the left of it. */
  private void toAxis(float[] row, float[] out, int target) {
    int axis = shape.axisCol();
    int right = shape.cols() - axis;
    System.arraycopy(row, 0, out, target + axis, right);
    System.arraycopy(row, right, out, target, axis);
  }
}
