// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Arrays;

/**
 * Detector counts → field: undoes what the bench does to the unitary DFT.
 *
 * <p>With N₀ = ⌊N/2⌋ the field at detector pixel k + N₀ is {@link Centring E[k+N₀] =
 * (1/i)·exp(+2πi·N₀·k/N)·F[k]}, so that {@code F[k] = i·exp(−2πi·N₀·k/N)·E[k+N₀]}. With a
 * square-law sensor E follows from four reads with the reference at θ = 0, π/2, π, 3π/2 as {@code
 * [(I₀−I₂) + i(I₁−I₃)]/(4γR)}. Known {@link Shading} of the frequencies is divided out with the
 * same factors. Immutable, safe for use by several threads.
 */
final class FieldReconstruction {
  /** Frames up to so many pixels are one run. */
  private static final int RUN_PIXELS = 16384;

  private final FrameShape shape;
  private final CountSteps counts;
  private final ExposureMerge merge;
  private final boolean oneExposure;

  /** Counts per second of a quadrature for |F| = 1. */
  private final double sensitivity;

  /** Factors of the rows and of the columns, in the detector's order. */
  private final float[] rowRe;

  private final float[] rowIm;
  private final float[] colRe;
  private final float[] colIm;

  /** Rows that are worked on together. */
  private final int runRows;

  /** Factors of all pixels of a frame that is one run. */
  private final float[] frameRe;

  private final float[] frameIm;

  FieldReconstruction(FrameShape shape, ReadoutMode mode, Calibration calibration, int exposures) {
    this.shape = shape;
    counts = new CountSteps(shape, mode);
    merge = new ExposureMerge(counts, calibration, exposures);
    oneExposure = exposures == 1;
    sensitivity = sensitivity(mode, calibration);
    float[] row = factors(shape.rows(), 1, calibration.shading());
    float[] col = factors(shape.cols(), 0, calibration.shading());
    rowRe = part(row, 0);
    rowIm = part(row, 1);
    colRe = part(col, 0);
    colIm = part(col, 1);
    runRows = shape.pixels() <= RUN_PIXELS ? shape.rows() : 1;
    frameRe = new float[shape.pixels() <= RUN_PIXELS ? shape.pixels() : 0];
    frameIm = new float[frameRe.length];
    for (int i = 0; i < frameRe.length; i++) {
      int r = i / shape.cols();
      int c = i % shape.cols();
      frameRe[i] = rowRe[r] * colRe[c] - rowIm[r] * colIm[c];
      frameIm[i] = rowRe[r] * colIm[c] + rowIm[r] * colRe[c];
    }
  }

  /** Counts per second of a quadrature for |F| = 1. */
  static double sensitivity(ReadoutMode mode, Calibration calibration) {
    return mode == ReadoutMode.FOUR_STEP
        ? 4
            * calibration.visibility()
            * calibration.referenceAmplitude()
            * calibration.sensitivity()
        : calibration.sensitivity();
  }

  /** What was held of a field, as it is added to its transform. */
  static float added(double held, int pixels, boolean inverse) {
    double root = Math.sqrt(pixels);
    return (float) (inverse ? held / root : held * root);
  }

  /** What counts are multiplied by to be a field that was shown in a scale. */
  static float factor(double perCount, double scale) {
    return (float) (isOrdinary(scale) ? perCount * scale : perCount);
  }

  /** A second factor, for the rare product that a float cannot hold. */
  static double rest(double scale) {
    return isOrdinary(scale) ? 1 : scale;
  }

  /** A float cannot hold the product of an extreme scale and a count's worth. */
  private static boolean isOrdinary(double scale) {
    return scale > 1e-15 && scale < 1e15;
  }

  /** i^quarter·exp(−2πi·N₀·k/N) over the weight, in the order of the detector's pixels k + N₀. */
  static float[] factors(int n, int quarter, Shading shading) {
    float[] inOrderOfK = Centring.factors(n, quarter, -1);
    float[] factors = new float[2 * n];
    for (int k = 0; k < n; k++) {
      int pixel = (k + n / 2) % n;
      double reciprocal = ShadingWeights.frequency(k, n, shading);
      factors[2 * pixel] = (float) (inOrderOfK[2 * k] * reciprocal);
      factors[2 * pixel + 1] = (float) (inOrderOfK[2 * k + 1] * reciprocal);
    }
    return factors;
  }

  private static float[] part(float[] interleaved, int part) {
    float[] out = new float[interleaved.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = interleaved[2 * i + part];
    }
    return out;
  }

  /**
   * Reconstructs one field.
   *
   * @param sequence a job that was done
   * @param first the field's first frame in it
   * @param slices the field is the sum of so many, each in the scale of the one before
   * @param frames how many frames a slice has; it is their mean
   * @param facts of {@link FrameEncoding} for each slice, from {@code factsOffset}
   * @param inverse whether the field was encoded for an inverse transform
   * @param field number of the field that is written …
   * @param out … and how
   */
  void reconstruct(
      FrameSequence sequence,
      int first,
      int slices,
      int frames,
      double[] facts,
      int factsOffset,
      boolean inverse,
      int field,
      FieldLayout out) {
    int pixels = shape.pixels();
    double scale = facts[factsOffset + FrameEncoding.SCALE];
    if (scale == 0) {
      out.clear(field);
    } else {
      boolean single = oneExposure && slices * frames == 1;
      double perCount = 1 / (sensitivity * (single ? sequence.exposure(first, 0) : frames));
      float factor = factor(perCount, scale);
      double rest = rest(scale);
      int merged = single ? 0 : slices;
      reconstructRuns(
          sequence, first, merged, frames, facts, factsOffset, factor, rest, inverse, field, out);
    }
    double heldRe = facts[factsOffset + FrameEncoding.HELD_RE];
    double heldIm = facts[factsOffset + FrameEncoding.HELD_IM];
    if (!inverse || heldRe != 0 || heldIm != 0) {
      float addedRe = added(heldRe, pixels, inverse);
      float addedIm = added(inverse ? -heldIm : heldIm, pixels, inverse);
      out.add(field, 0, inverse ? pixels : 1, addedRe, addedIm);
    }
  }

  /**
   * Runs of pixels in the detector's order: one row, or a small frame as a whole, because short
   * loops cost more than they do.
   *
   * @param slices to be merged; 0 for a single frame of one exposure, whose counts are taken as
   *     they are
   * @param rest a second factor, for the rare product that a float cannot hold
   */
  private void reconstructRuns(
      FrameSequence sequence,
      int first,
      int slices,
      int frames,
      double[] facts,
      int factsOffset,
      float factor,
      double rest,
      boolean inverse,
      int field,
      FieldLayout out) {
    int n = runRows * shape.cols();
    int used = merge.workRuns();
    try (Workspace workspace = Workspace.take()) {
      float[][] work = workspace.runs(used + 4, n);
      float[] re = work[slices == 0 ? 0 : used];
      float[] im = work[slices == 0 ? 1 : used + 1];
      for (int row = 0; row < shape.rows(); row += runRows) {
        int pixel = row * shape.cols();
        if (slices == 0) {
          counts.read(sequence, first, 0, pixel, n, work);
          counts.toQuadratures(work, n);
        } else {
          Arrays.fill(re, 0, n, 0f);
          Arrays.fill(im, 0, n, 0f);
          double scale = 1;
          for (int f = 0; f < slices * frames; f++) {
            if (f > 0 && f % frames == 0) {
              scale *=
                  facts[factsOffset + FrameEncoding.FACTS * (f / frames) + FrameEncoding.SCALE];
            }
            merge.add(sequence, first + f, scale, pixel, n, re, im, work);
          }
        }
        // The inverse is the conjugate of the conjugate's transform.
        float factorIm = inverse ? -factor : factor;
        if (frameRe.length > 0) {
          multiply(re, im, frameRe, frameIm, factor, factorIm, n);
        } else {
          rowFactors(rowRe[row], rowIm[row], colRe, colIm, n, work[used + 2], work[used + 3]);
          multiply(re, im, work[used + 2], work[used + 3], factor, factorIm, n);
        }
        if (rest != 1) {
          multiply(re, rest, n);
          multiply(im, rest, n);
        }
        place(re, im, row, field, out);
      }
    }
  }

  private static void rowFactors(
      float rowRe, float rowIm, float[] colRe, float[] colIm, int n, float[] re, float[] im) {
    for (int j = 0; j < n; j++) {
      re[j] = rowRe * colRe[j] - rowIm * colIm[j];
      im[j] = rowRe * colIm[j] + rowIm * colRe[j];
    }
  }

  // With the line above within this loop the compiler finds it too long for vector instructions.

  private static void multiply(
      float[] re, float[] im, float[] byRe, float[] byIm, float factor, float factorIm, int n) {
    for (int j = 0; j < n; j++) {
      float x = re[j];
      float y = im[j];
      re[j] = factor * (x * byRe[j] - y * byIm[j]);
      im[j] = factorIm * (x * byIm[j] + y * byRe[j]);
    }
  }

  private static void multiply(float[] values, double factor, int n) {
    for (int j = 0; j < n; j++) {
      values[j] = (float) (values[j] * factor);
    }
  }

  /** Puts a run from a detector row on into the spectrum: the axis to [0,0]. */
  private void place(float[] re, float[] im, int firstRow, int field, FieldLayout out) {
    int cols = shape.cols();
    int axis = shape.axisCol();
    for (int r = 0; r < runRows; r++) {
      int row = (firstRow + r + shape.rows() - shape.axisRow()) % shape.rows();
      out.put(field, row * cols, re, im, r * cols + axis, cols - axis);
      out.put(field, row * cols + cols - axis, re, im, r * cols, axis);
    }
  }
}
