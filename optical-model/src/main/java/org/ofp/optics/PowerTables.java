// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * Stage 4 for the power, {@code |E|²} averaged over the light-sensitive square of each detector
 * pixel, as tables for frames of one shape R×C on a fine grid of 2R×2C.
 *
 * <p>{@code |E|²} has twice the bandwidth of E, so it is taken at half the pitch, from the frame
 * padded to twice its sides, where nothing of it is lost. Its Fourier coefficients A[m] are the
 * autocorrelation of the light in the input plane; averaging over a pixel multiplies them by {@code
 * sinc(√F·m/N)} per axis, exactly, and the sum over them at the pixels' centres is a DFT of A
 * folded to the frame's size, or, where the pattern is distorted, a sum at places. Immutable; the
 * arrays are shared and must not be written to.
 */
public final class PowerTables {
  private final float[] rowWeights;
  private final float[] colWeights;
  private final float[] rowTransfer;
  private final float[] colTransfer;
  private final float[] gapWeights;
  private final NonuniformTables places;

  /**
   * @param sampling where the pixels look; null if pixel by pixel at the DFT's bins
   * @param envelope of the SLM's pixels
   * @param gaps what the gaps between them reflect; null if nothing
   */
  PowerTables(
      BenchParameters bench,
      FrameShape shape,
      Sampling sampling,
      PixelEnvelope envelope,
      GapLight gaps) {
    int rows = 2 * shape.rows();
    int cols = 2 * shape.cols();
    // A magnified pattern is looked at through pixels that are smaller on its own scale.
    double width = Math.sqrt(bench.sensor().fillFactor()) / bench.lens().magnification();
    rowTransfer = transfer(width, rows);
    colTransfer = transfer(width, cols);
    places =
        sampling == null
            ? null
            : new NonuniformTables(
                rows, cols, shape.rows(), shape.cols(), sampling.v(), sampling.u());
    rowWeights = new float[rows];
    for (int row = 0; row < rows; row++) {
      rowWeights[row] = (float) (2 * envelope.row(place(row, rows)));
    }
    colWeights = new float[cols];
    for (int col = 0; col < cols; col++) {
      colWeights[col] = (float) envelope.col(place(col, cols));
    }
    gapWeights = gaps == null ? null : gapWeights(gaps, rows, cols);
  }

  private static float[] gapWeights(GapLight gaps, int rows, int cols) {
    float[] weights = new float[rows * cols];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 2 * gaps.weight(place(i / cols, rows), place(i % cols, cols));
    }
    return weights;
  }

  /** The place of a bin of the fine grid, in pixels from the axis. */
  private static double place(int bin, int fineSize) {
    return (bin < fineSize / 2 ? bin : bin - fineSize) / 2.0;
  }

  /** sinc(width·m/N) for m at index m mod 2N. */
  private static float[] transfer(double width, int fineSize) {
    float[] transfer = new float[fineSize];
    for (int i = 0; i < fineSize; i++) {
      int m = i < fineSize / 2 ? i : i - fineSize;
      transfer[i] = (float) InputPlane.sinc(width * m / (fineSize / 2.0));
    }
    return transfer;
  }

  /**
   * Factors of the padded frame's unitary DFT over its rows, 2R values: the envelope of the SLM's
   * pixels, and 2 for the padding, so that the field has the scale of the frame's own DFT.
   */
  public float[] rowWeights() {
    return rowWeights;
  }

  /** Factors over the columns, 2C values: the envelope alone. */
  public float[] colWeights() {
    return colWeights;
  }

  /** Factors of the power's coefficients over the rows, 2R values. */
  public float[] rowTransfer() {
    return rowTransfer;
  }

  /** Factors of the power's coefficients over the columns, 2C values. */
  public float[] colTransfer() {
    return colTransfer;
  }

  /**
   * Factors that make the light of the gaps, which is added to the field, from the padded light of
   * a panel that reflects everywhere alike, {@code [2R][2C]}; null if there is none.
   */
  public float[] gapWeights() {
    return gapWeights;
  }

  /** Where the pixels look, of 2R×2C coefficients; null if at the DFT's bins. */
  public NonuniformTables places() {
    return places;
  }
}
