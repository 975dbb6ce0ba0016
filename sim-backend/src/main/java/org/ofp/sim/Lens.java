// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.Centring;
import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;

/**
 * Stages 3 and 4, the lens and the field in the detector plane: displayed amplitudes → field at the
 * sensor's pixels.
 *
 * <p>The DFT of the displayed amplitudes, moved to the axis and turned by the phases of {@link
 * Centring}. Immutable, safe for use by several threads.
 */
final class Lens {
  private final FrameShape shape;
  private final FftPlan fft;

  /** (1/i)·exp(2πi·N₀·k/N) over the rows, exp(2πi·N₀·k/N) over the columns, interleaved. */
  private final float[] rowFactors;

  private final float[] colFactors;

  Lens(FrameShape shape, FftKernel kernel) {
    this.shape = shape;
    fft = kernel.plan(shape.rows(), shape.cols());
    rowFactors = Centring.factors(shape.rows(), -1, 1);
    colFactors = Centring.factors(shape.cols(), 0, 1);
  }

  /** Transforms {@code count} displayed frames in place; origin [0,0] still. */
  void transform(float[] frames, int count) {
    fft.forward(frames, 0, count);
  }

  /**
   * Moves one transformed frame to the sensor: axis to the centre, quadratures apart.
   *
   * @param spectrum interleaved, from {@code offset}
   * @param re receives rows·cols values from {@code target}, as {@code im}
   */
  void centre(float[] spectrum, int offset, float[] re, float[] im, int target) {
    int rows = shape.rows();
    int cols = shape.cols();
    int axis = shape.axisCol();
    for (int k = 0; k < rows; k++) {
      int sensorRow = target + (k + shape.axisRow()) % rows * cols;
      int row = offset + 2 * k * cols;
      float rowRe = rowFactors[2 * k];
      float rowIm = rowFactors[2 * k + 1];
      // Columns 0 … C−N₀−1 go from the axis on, the rest to the left of it.
      turn(spectrum, row, colFactors, 0, cols - axis, rowRe, rowIm, re, im, sensorRow + axis);
      turn(spectrum, row, colFactors, cols - axis, axis, rowRe, rowIm, re, im, sensorRow);
    }
  }

  private static void turn(
      float[] f,
      int row,
      float[] colFactors,
      int k0,
      int n,
      float rowRe,
      float rowIm,
      float[] re,
      float[] im,
      int target) {
    for (int j = 0; j < n; j++) {
      int k = 2 * (k0 + j);
      float factorRe = rowRe * colFactors[k] - rowIm * colFactors[k + 1];
      float factorIm = rowRe * colFactors[k + 1] + rowIm * colFactors[k];
      float fRe = f[row + k];
      float fIm = f[row + k + 1];
      re[target + j] = fRe * factorRe - fIm * factorIm;
      im[target + j] = fRe * factorIm + fIm * factorRe;
    }
  }
}
