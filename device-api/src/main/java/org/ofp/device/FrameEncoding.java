// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Arrays;

/**
 * Field → SLM frame: the part that the computer handles itself is taken out, the known shading of
 * the displayed plane divided out, the rest scaled to the modulator's range.
 *
 * <pre>
 *   forward   z  =  mean + scale·a·w              (a is shown; the mean belongs to bin 0)
 *   inverse   z* =  bin0·δ + scale·a·w            (IDFT z = (DFT z*)*, so the conjugate is shown)
 * </pre>
 *
 * with w the weights of {@link ShadingWeights}. Immutable, safe for use by several threads.
 */
final class FrameEncoding {
  /** Re and im of the part taken out, scale, and the L2 norm of what is shown. */
  static final int FACTS = DeviceFrames.FACTS;

  static final int HELD_RE = DeviceFrames.HELD_RE;
  static final int HELD_IM = DeviceFrames.HELD_IM;
  static final int SCALE = DeviceFrames.SCALE;
  static final int NORM = DeviceFrames.NORM;

  /** Below it the squares of floats lose digits, or vanish. */
  private static final float LEAST_POWER = 0x1p-100f;

  /** Keeps roundings from taking a value beyond the modulator's range, where it is clamped. */
  private static final float HEADROOM = 1 + 0x1p-21f;

  private static final int LANES = Workspace.LANES;

  /** 1, 0, 1, 0 … */
  private static final float[] EVEN = ones(0);

  /** 0, 1, 0, 1 … */
  private static final float[] ODD = ones(1);

  private static float[] ones(int first) {
    float[] ones = new float[LANES];
    for (int j = first; j < LANES; j += 2) {
      ones[j] = 1;
    }
    return ones;
  }

  private final FrameShape shape;
  private final boolean hold;
  private final boolean shaded;
  private final float[] rowWeights;
  private final float[] colWeights;

  /**
   * @param hold whether the computer handles the mean, or bin 0
   */
  FrameEncoding(FrameShape shape, Shading shading, boolean hold) {
    this.shape = shape;
    this.hold = hold;
    shaded = ShadingWeights.weighsDisplay(shading);
    rowWeights = ShadingWeights.display(shape.rows(), shading);
    colWeights = ShadingWeights.display(shape.cols(), shading);
  }

  /**
   * Encodes one frame in place. The passes over the values are: their mean, the weights if there
   * are any, the largest magnitude, the scaling.
   *
   * @param z {@code 2·pixels} values from {@code offset}
   * @param facts receives {@link #FACTS} numbers from {@code factsOffset}
   * @return whether every value was finite; if not, the frame is not fit to be shown
   */
  boolean encode(float[] z, int offset, boolean inverse, double[] facts, int factsOffset) {
    try (Workspace workspace = Workspace.take()) {
      int values = 2 * shape.pixels();
      float heldRe = 0;
      float heldIm = 0;
      if (hold && inverse) {
        heldRe = z[offset];
        heldIm = z[offset + 1];
        z[offset] = 0;
        z[offset + 1] = 0;
      } else if (hold) {
        addUp(workspace, z, offset, values);
        heldRe = mean(workspace.e, 0, z, offset, values);
        heldIm = mean(workspace.e, 1, z, offset, values);
      }
      if (!Float.isFinite(heldRe) || !Float.isFinite(heldIm)) {
        return false;
      }
      float meanRe = inverse ? 0 : heldRe;
      float meanIm = inverse ? 0 : heldIm;
      if (shaded) {
        divideByWeights(z, offset, meanRe, meanIm);
        meanRe = 0;
        meanIm = 0;
      }
      facts[factsOffset + HELD_RE] = heldRe;
      facts[factsOffset + HELD_IM] = inverse ? -heldIm : heldIm;
      measure(workspace, z, offset, values, meanRe, meanIm);
      float power = greatest(workspace.e, lanes(values));
      double energy = sum(workspace.f, 0, lanes(values));
      if (power >= LEAST_POWER && energy <= Float.MAX_VALUE) {
        float scale = HEADROOM * (float) Math.sqrt(power);
        scale(workspace, z, offset, values, meanRe, meanIm, 1 / scale, inverse);
        facts[factsOffset + SCALE] = scale;
        facts[factsOffset + NORM] = Math.sqrt(energy) / scale;
        return true;
      }
      return encodeExtreme(z, offset, meanRe, meanIm, inverse, facts, factsOffset);
    }
  }

  /**
   * Sums over all pixels of what exceeds the first pixel, to the lanes of {@code e}: equal pixels
   * leave no rounding, and of others only their differences are rounded.
   */
  private static void addUp(Workspace w, float[] z, int offset, int values) {
    int lanes = lanes(values);
    alternate(w.c, lanes, z[offset], z[offset + 1]);
    Arrays.fill(w.e, 0, lanes, 0f);
    for (int at = 0; at < values; at += LANES) {
      int n = Math.min(LANES, values - at);
      System.arraycopy(z, offset + at, w.a, 0, n);
      addDifferences(w.a, w.c, w.e, n);
    }
  }

  private static void addDifferences(float[] a, float[] from, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      sum[j] += a[j] - from[j];
    }
  }

  /**
   * Mean of the real or the imaginary parts.
   *
   * @param sums of the lanes, of what exceeds the first pixel
   * @param part 0 for the real parts, 1 for the imaginary ones
   */
  private static float mean(float[] sums, int part, float[] z, int offset, int values) {
    int first = offset + part;
    double sum = sum(sums, part, lanes(values));
    float mean = (float) (z[first] + 2 * sum / values);
    return Float.isFinite(mean) ? mean : carefulMean(z, first, values);
  }

  /** The sums of large numbers may leave the range of a float. */
  private static float carefulMean(float[] z, int first, int values) {
    double sum = 0;
    for (int i = 0; i < values; i += 2) {
      sum += z[first + i];
    }
    return (float) (2 * sum / values);
  }

  private void divideByWeights(float[] z, int offset, float meanRe, float meanIm) {
    int cols = shape.cols();
    for (int row = 0; row < shape.rows(); row++) {
      int first = offset + 2 * row * cols;
      for (int col = 0; col < cols; col++) {
        float weight = rowWeights[row] * colWeights[col];
        z[first + 2 * col] = (z[first + 2 * col] - meanRe) * weight;
        z[first + 2 * col + 1] = (z[first + 2 * col + 1] - meanIm) * weight;
      }
    }
  }

  /** The largest |z−m|² to the even lanes of {@code e}, their sum to those of {@code f}. */
  private static void measure(
      Workspace w, float[] z, int offset, int values, float meanRe, float meanIm) {
    int lanes = lanes(values);
    boolean mean = meanRe != 0 || meanIm != 0;
    if (mean) {
      alternate(w.c, lanes, meanRe, meanIm);
      alternate(w.d, lanes, meanIm, meanRe);
    }
    Arrays.fill(w.e, 0, lanes, 0f);
    Arrays.fill(w.f, 0, lanes, 0f);
    // Backwards: the end of a large frame is what the pass before has left in the cache.
    for (int at = (values - 1) / LANES * LANES; at >= 0; at -= LANES) {
      int n = Math.min(LANES, values - at);
      System.arraycopy(z, offset + at, w.a, 0, n);
      System.arraycopy(z, offset + at + 1, w.b, 0, n - 1);
      if (mean) {
        powers(w.a, w.b, w.c, w.d, w.e, w.f, n);
      } else {
        powers(w.a, w.b, w.e, w.f, n);
      }
    }
  }

  private static void powers(float[] a, float[] b, float[] max, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      float power = a[j] * a[j] + b[j] * b[j];
      max[j] = Math.max(max[j], power);
      sum[j] += power;
    }
  }

  private static void powers(
      float[] a, float[] b, float[] meanA, float[] meanB, float[] max, float[] sum, int n) {
    for (int j = 0; j < n; j++) {
      float x = a[j] - meanA[j];
      float y = b[j] - meanB[j];
      float power = x * x + y * y;
      max[j] = Math.max(max[j], power);
      sum[j] += power;
    }
  }

  /** Subtracts the mean and multiplies by the factor, conjugated for the way back. */
  private static void scale(
      Workspace w,
      float[] z,
      int offset,
      int values,
      float meanRe,
      float meanIm,
      float factor,
      boolean inverse) {
    int lanes = lanes(values);
    if (!inverse && meanRe == 0 && meanIm == 0) {
      multiply(z, offset, offset + values, factor);
      return;
    }
    alternate(w.c, lanes, meanRe, meanIm);
    alternate(w.d, lanes, factor, inverse ? -factor : factor);
    for (int at = 0; at < values; at += LANES) {
      int n = Math.min(LANES, values - at);
      System.arraycopy(z, offset + at, w.a, 0, n);
      subtractAndMultiply(w.a, w.c, w.d, n);
      System.arraycopy(w.a, 0, z, offset + at, n);
    }
  }

  private static void multiply(float[] z, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      z[i] *= factor;
    }
  }

  private static void subtractAndMultiply(float[] a, float[] mean, float[] factor, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = (a[j] - mean[j]) * factor[j];
    }
  }

  /** Lanes in use, a multiple of 8; those beyond the values hold zeros. */
  private static int lanes(int values) {
    return Math.min(LANES, values + 7 & ~7);
  }

  // Sums and maxima over lanes are taken in four chains, since each step waits for the one before.

  /** Of the even lanes, or the odd ones from 1 on. */
  private static double sum(float[] lanes, int first, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int j = first; j < n; j += 8) {
      s0 += lanes[j];
      s1 += lanes[j + 2];
      s2 += lanes[j + 4];
      s3 += lanes[j + 6];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** The greatest of the even lanes, none negative; a NaN is greater than all. */
  private static float greatest(float[] lanes, int n) {
    int g0 = 0;
    int g1 = 0;
    int g2 = 0;
    int g3 = 0;
    for (int j = 0; j < n; j += 8) {
      g0 = Math.max(g0, magnitude(lanes[j]));
      g1 = Math.max(g1, magnitude(lanes[j + 2]));
      g2 = Math.max(g2, magnitude(lanes[j + 4]));
      g3 = Math.max(g3, magnitude(lanes[j + 6]));
    }
    return Float.intBitsToFloat(Math.max(Math.max(g0, g1), Math.max(g2, g3)));
  }

  /** The bits without the sign, in the order of the magnitudes. */
  private static int magnitude(float value) {
    return Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
  }

  private static void alternate(float[] lanes, int n, float even, float odd) {
    for (int j = 0; j < n; j++) {
      lanes[j] = even * EVEN[j] + odd * ODD[j];
    }
  }

  /**
   * The rare frame whose squares leave the range of a float, or which is dark or not finite: the
   * same in double precision.
   */
  private boolean encodeExtreme(
      float[] z,
      int offset,
      float meanRe,
      float meanIm,
      boolean inverse,
      double[] facts,
      int factsOffset) {
    int end = offset + 2 * shape.pixels();
    double maxPower = 0;
    double energy = 0;
    for (int i = offset; i < end; i += 2) {
      double re = (double) z[i] - meanRe;
      double im = (double) z[i + 1] - meanIm;
      maxPower = Math.max(maxPower, re * re + im * im);
      energy += re * re + im * im;
    }
    double scale = Math.sqrt(maxPower);
    if (!(scale < Double.POSITIVE_INFINITY)) {
      return false;
    }
    double divisor = scale == 0 ? 1 : scale;
    for (int i = offset; i < end; i += 2) {
      z[i] = (float) (((double) z[i] - meanRe) / divisor);
      z[i + 1] = (float) (((double) z[i + 1] - meanIm) / (inverse ? -divisor : divisor));
    }
    facts[factsOffset + SCALE] = scale;
    facts[factsOffset + NORM] = Math.sqrt(energy) / divisor;
    return true;
  }
}
