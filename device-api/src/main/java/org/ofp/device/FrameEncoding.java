// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Field → SLM frame: the part that the computer handles itself is taken out, the rest is scaled to
 * the modulator's range.
 *
 * <pre>
 *   forward   z  =  mean + scale·a                (a is shown; the mean belongs to bin 0)
 *   inverse   z* =  bin0·δ + scale·a              (IDFT z = (DFT z*)*, so the conjugate is shown)
 * </pre>
 */
final class FrameEncoding {
  /** Re and im of the part taken out, scale, and the L2 norm of what is shown. */
  static final int FACTS = 4;

  static final int HELD_RE = 0;
  static final int HELD_IM = 1;
  static final int SCALE = 2;
  static final int NORM = 3;

  /** Below it the squares of floats lose digits, or vanish. */
  private static final float LEAST_POWER = 0x1p-100f;

  private FrameEncoding() {}

  /**
   * Encodes one frame in place.
   *
   * @param z {@code 2·pixels} values from {@code offset}
   * @param facts receives {@link #FACTS} numbers from {@code factsOffset}
   * @return whether every value was finite; if not, the frame is not fit to be shown
   */
  static boolean encode(
      float[] z,
      int offset,
      int pixels,
      boolean inverse,
      boolean hold,
      double[] facts,
      int factsOffset) {
    int end = offset + 2 * pixels;
    if (inverse) {
      for (int i = offset + 1; i < end; i += 2) {
        z[i] = -z[i];
      }
    }
    float heldRe = 0;
    float heldIm = 0;
    if (hold && inverse) {
      heldRe = z[offset];
      heldIm = z[offset + 1];
      z[offset] = 0;
      z[offset + 1] = 0;
    } else if (hold) {
      double re = 0;
      double im = 0;
      for (int i = offset; i < end; i += 2) {
        re += z[i];
        im += z[i + 1];
      }
      heldRe = (float) (re / pixels);
      heldIm = (float) (im / pixels);
    }
    boolean subtract = hold && !inverse;
    float meanRe = subtract ? heldRe : 0;
    float meanIm = subtract ? heldIm : 0;
    float maxPower = 0;
    double energy = 0;
    for (int i = offset; i < end; i += 2) {
      float re = z[i] - meanRe;
      float im = z[i + 1] - meanIm;
      z[i] = re;
      z[i + 1] = im;
      float power = re * re + im * im;
      maxPower = Math.max(maxPower, power); // keeps a NaN
      energy += power;
    }
    if (!(maxPower <= Float.MAX_VALUE && maxPower >= LEAST_POWER && finite(heldRe, heldIm))) {
      return encodeExtreme(z, offset, pixels, heldRe, heldIm, facts, factsOffset);
    }
    float scale = (float) Math.sqrt(maxPower);
    float reciprocal = 1 / scale;
    for (int i = offset; i < end; i++) {
      z[i] *= reciprocal;
    }
    facts[factsOffset + HELD_RE] = heldRe;
    facts[factsOffset + HELD_IM] = heldIm;
    facts[factsOffset + SCALE] = scale;
    facts[factsOffset + NORM] = Math.sqrt(energy) / scale;
    return true;
  }

  private static boolean finite(float re, float im) {
    return Float.isFinite(re) && Float.isFinite(im);
  }

  /**
   * The rare frame whose squares leave the range of a float, or which is dark or not finite: the
   * same in double precision.
   */
  private static boolean encodeExtreme(
      float[] z,
      int offset,
      int pixels,
      float heldRe,
      float heldIm,
      double[] facts,
      int factsOffset) {
    double maxPower = 0;
    double energy = 0;
    for (int i = offset; i < offset + 2 * pixels; i += 2) {
      double power = (double) z[i] * z[i] + (double) z[i + 1] * z[i + 1];
      maxPower = Math.max(maxPower, power);
      energy += power;
    }
    double scale = Math.sqrt(maxPower);
    if (!(scale < Double.POSITIVE_INFINITY && finite(heldRe, heldIm))) {
      return false;
    }
    double divisor = scale == 0 ? 1 : scale;
    for (int i = offset; i < offset + 2 * pixels; i++) {
      z[i] = (float) (z[i] / divisor);
    }
    facts[factsOffset + HELD_RE] = heldRe;
    facts[factsOffset + HELD_IM] = heldIm;
    facts[factsOffset + SCALE] = scale;
    facts[factsOffset + NORM] = Math.sqrt(energy) / divisor;
    return true;
  }
}
