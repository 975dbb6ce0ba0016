// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.Centring;
import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.optics.PixelEnvelope;

/**
 * A lens whose pattern falls pixel by pixel on the detector: the DFT, moved to the axis, turned by
 * the phases of {@link Centring}, weighted by the SLM pixel's envelope. Immutable, safe for use by
 * several threads.
 */
final class CentredLens implements Lens {
  private final FrameShape shape;
  private final FftPlan fft;

  /** (1/i)·exp(2πi·N₀·k/N) over the rows, weighted, interleaved. */
  private final float[] rowFactors;

  /** exp(2πi·N₀·k/N) over the columns, weighted. */
  private final float[] colRe;

  private final float[] colIm;

  /** Whether all factors are (1/i)·(−1)^(k+l): even sides, point-like pixels. */
  private final boolean alternating;

  CentredLens(FrameShape shape, PixelEnvelope envelope, FftKernel kernel) {
    this.shape = shape;
    fft = kernel.plan(shape.rows(), shape.cols());
    alternating = shape.rows() % 2 == 0 && shape.cols() % 2 == 0 && envelope.fillFactor() == 0;
    rowFactors = Centring.factors(shape.rows(), -1, 1);
    float[] colFactors = Centring.factors(shape.cols(), 0, 1);
    for (int k = 0; k < shape.rows(); k++) {
      weight(rowFactors, k, envelope.row(frequency(k, shape.rows())));
    }
    for (int k = 0; k < shape.cols(); k++) {
      weight(colFactors, k, envelope.col(frequency(k, shape.cols())));
    }
    colRe = new float[shape.cols()];
    colIm = new float[shape.cols()];
    for (int k = 0; k < shape.cols(); k++) {
      colRe[k] = colFactors[2 * k];
      colIm[k] = colFactors[2 * k + 1];
    }
  }

  /** A lens behind point-like pixels. */
  static CentredLens ideal(FrameShape shape, FftKernel kernel) {
    return new CentredLens(shape, new PixelEnvelope(0, shape.rows(), shape.cols()), kernel);
  }

  /** The signed frequency of bin k: those from N−⌊N/2⌋ on lie before the axis. */
  private static int frequency(int k, int n) {
    return k < n - n / 2 ? k : k - n;
  }

  private static void weight(float[] factors, int k, double weight) {
    factors[2 * k] *= (float) weight;
    factors[2 * k + 1] *= (float) weight;
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
