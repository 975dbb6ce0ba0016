// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.Centring;
import org.ofp.device.FrameShape;

/**
 * Stage 3 where the pattern falls pixel by pixel on the detector, as tables for frames of one
 * shape: bin [k,l] of the unitary DFT times {@code row[k]·col[l]} falls at pixel {@code [(k+⌊R/2⌋)
 * mod R, (l+⌊C/2⌋) mod C]}. The factors are the phases of {@link Centring} times the envelope of
 * the SLM's pixels. Immutable; the arrays are shared and must not be written to.
 */
public final class LensFactors {
  private final boolean alternating;
  private final float[] rowFactors;
  private final float[] colRe;
  private final float[] colIm;

  /**
   * The factors behind SLM pixels of one kind.
   *
   * @param envelope of the pixels, for the same shape
   */
  public LensFactors(FrameShape shape, PixelEnvelope envelope) {
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

  /** The factors behind point-like pixels. */
  public static LensFactors ideal(FrameShape shape) {
    return new LensFactors(shape, new PixelEnvelope(0, shape.rows(), shape.cols()));
  }

  /** The signed frequency of bin k: those from N−⌊N/2⌋ on lie before the axis. */
  private static int frequency(int k, int n) {
    return k < n - n / 2 ? k : k - n;
  }

  private static void weight(float[] factors, int k, double weight) {
    factors[2 * k] *= (float) weight;
    factors[2 * k + 1] *= (float) weight;
  }

  /** Whether all factors are (1/i)·(−1)^(k+l): even sides, point-like pixels. */
  public boolean isAlternating() {
    return alternating;
  }

  /** Real part of the factor of bin [k,l]. */
  double re(int k, int l) {
    return (double) rowFactors[2 * k] * colRe[l] - (double) rowFactors[2 * k + 1] * colIm[l];
  }

  /** Imaginary part of the same. */
  double im(int k, int l) {
    return (double) rowFactors[2 * k] * colIm[l] + (double) rowFactors[2 * k + 1] * colRe[l];
  }

  /** (1/i)·exp(2πi·N₀·k/N) over the rows' bins, weighted, interleaved. */
  public float[] rowFactors() {
    return rowFactors;
  }

  /** Real parts of exp(2πi·N₀·k/N) over the columns' bins, weighted. */
  public float[] colRe() {
    return colRe;
  }

  /** Imaginary parts of the same. */
  public float[] colIm() {
    return colIm;
  }
}
