// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Detector counts → field: undoes what the bench does to the unitary DFT.
 *
 * <p>With N₀ = ⌊N/2⌋ the field at detector pixel k + N₀ is {@link Centring E[k+N₀] =
 * (1/i)·exp(+2πi·N₀·k/N)·F[k]}, so that {@code F[k] = i·exp(−2πi·N₀·k/N)·E[k+N₀]}. With a
 * square-law sensor E follows from four reads with the reference at θ = 0, π/2, π, 3π/2 as {@code
 * [(I₀−I₂) + i(I₁−I₃)]/(4γR)}. Immutable, safe for use by several threads.
 */
final class FieldReconstruction {
  private final FrameShape shape;
  private final Calibration calibration;
  private final boolean fourStep;

  /** i·exp(−2πi·N₀·k/N) over the rows and exp(−2πi·N₀·k/N) over the columns, interleaved. */
  private final float[] rowFactors;

  private final float[] colFactors;

  FieldReconstruction(FrameShape shape, ReadoutMode mode, Calibration calibration) {
    this.shape = shape;
    this.calibration = calibration;
    fourStep = mode == ReadoutMode.FOUR_STEP;
    rowFactors = Centring.factors(shape.rows(), 1, -1);
    colFactors = Centring.factors(shape.cols(), 0, -1);
  }

  /**
   * Reconstructs one frame.
   *
   * @param counts all readouts of the frame, {@code [readouts, planes, rows, cols]}
   * @param from index of the first count
   * @param exposure seconds
   * @param facts of {@link FrameEncoding}, from {@code factsOffset}
   * @param inverse whether the frame was encoded for an inverse transform
   * @param out receives {@code 2·rows·cols} values from {@code outOffset}
   */
  void reconstruct(
      FloatBuffer counts,
      int from,
      double exposure,
      double[] facts,
      int factsOffset,
      boolean inverse,
      float[] out,
      int outOffset) {
    int pixels = shape.pixels();
    double scale = facts[factsOffset + FrameEncoding.SCALE];
    if (scale == 0) {
      Arrays.fill(out, outOffset, outOffset + 2 * pixels, 0f);
    } else {
      double perCount = 1 / (calibration.sensitivity() * exposure);
      if (fourStep) {
        perCount /= 4 * calibration.visibility() * calibration.referenceAmplitude();
      }
      // A float cannot hold the product of an extreme scale and a count's worth.
      boolean ordinary = scale > 1e-15 && scale < 1e15;
      float factor = (float) (ordinary ? perCount * scale : perCount);
      reconstructRows(counts, from, factor, inverse ? -1 : 1, out, outOffset);
      if (!ordinary) {
        for (int i = outOffset; i < outOffset + 2 * pixels; i++) {
          out[i] = (float) (out[i] * scale);
        }
      }
    }
    double heldRe = facts[factsOffset + FrameEncoding.HELD_RE];
    double heldIm = facts[factsOffset + FrameEncoding.HELD_IM];
    double root = Math.sqrt(pixels);
    if (inverse) {
      addToAll(out, outOffset, pixels, (float) (heldRe / root), (float) (-heldIm / root));
    } else {
      out[outOffset] += (float) (heldRe * root);
      out[outOffset + 1] += (float) (heldIm * root);
    }
  }

  private void reconstructRows(
      FloatBuffer counts, int from, float perCount, int conjugate, float[] out, int outOffset) {
    int pixels = shape.pixels();
    int cols = shape.cols();
    int planes = fourStep ? 4 : 2;
    // Rows of a direct buffer are copied first: bulk copies are many times faster than single gets.
    boolean inPlace = counts.hasArray();
    float[] source = inPlace ? counts.array() : new float[planes * cols];
    for (int row = 0; row < shape.rows(); row++) {
      int sourceRow = (row + shape.axisRow()) % shape.rows();
      int first = from + sourceRow * cols;
      int stride = pixels;
      if (inPlace) {
        first += counts.arrayOffset();
      } else {
        for (int p = 0; p < planes; p++) {
          counts.get(first + p * pixels, source, p * cols, cols);
        }
        first = 0;
        stride = cols;
      }
      float factorRe = perCount * rowFactors[2 * row];
      float factorIm = perCount * rowFactors[2 * row + 1];
      int target = outOffset + 2 * row * cols;
      // The detector's columns k + N₀ lie in two runs: from the axis on, and from 0 up to it.
      int axis = shape.axisCol();
      if (fourStep) {
        differences(
            source,
            first + axis,
            stride,
            colFactors,
            0,
            cols - axis,
            factorRe,
            factorIm,
            conjugate,
            out,
            target);
        differences(
            source,
            first,
            stride,
            colFactors,
            cols - axis,
            axis,
            factorRe,
            factorIm,
            conjugate,
            out,
            target);
      } else {
        quadratures(
            source,
            first + axis,
            stride,
            colFactors,
            0,
            cols - axis,
            factorRe,
            factorIm,
            conjugate,
            out,
            target);
        quadratures(
            source,
            first,
            stride,
            colFactors,
            cols - axis,
            axis,
            factorRe,
            factorIm,
            conjugate,
            out,
            target);
      }
    }
  }

  private static void quadratures(
      float[] e,
      int first,
      int stride,
      float[] colFactors,
      int k0,
      int n,
      float factorRe,
      float factorIm,
      int conjugate,
      float[] out,
      int target) {
    for (int j = 0; j < n; j++) {
      float re = e[first + j];
      float im = e[first + stride + j];
      int k = 2 * (k0 + j);
      float fRe = factorRe * colFactors[k] - factorIm * colFactors[k + 1];
      float fIm = factorRe * colFactors[k + 1] + factorIm * colFactors[k];
      out[target + k] = re * fRe - im * fIm;
      out[target + k + 1] = conjugate * (re * fIm + im * fRe);
    }
  }

  private static void differences(
      float[] i,
      int first,
      int stride,
      float[] colFactors,
      int k0,
      int n,
      float factorRe,
      float factorIm,
      int conjugate,
      float[] out,
      int target) {
    for (int j = 0; j < n; j++) {
      float re = i[first + j] - i[first + 2 * stride + j];
      float im = i[first + stride + j] - i[first + 3 * stride + j];
      int k = 2 * (k0 + j);
      float fRe = factorRe * colFactors[k] - factorIm * colFactors[k + 1];
      float fIm = factorRe * colFactors[k + 1] + factorIm * colFactors[k];
      out[target + k] = re * fRe - im * fIm;
      out[target + k + 1] = conjugate * (re * fIm + im * fRe);
    }
  }

  private static void addToAll(float[] out, int offset, int pixels, float re, float im) {
    if (re == 0 && im == 0) {
      return;
    }
    for (int i = offset; i < offset + 2 * pixels; i += 2) {
      out[i] += re;
      out[i + 1] += im;
    }
  }
}
