// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;

/**
 * A complex frame as the mean of two phase-only frames: with A = |a| and φ = arg a
 *
 * <pre>
 *   a  =  ½·[exp(i(φ + acos A)) + exp(i(φ − acos A))]
 *      =  ½·[(a + iu) + (a − iu)]      u = (a/A)·√(1−A²)
 * </pre>
 *
 * <p>The second line needs no angles, and adds up to a exactly but for the rounding of each term,
 * half an ulp of 1. An A above 1 by rounding counts as 1; where a = 0 the phase is free and 0 is
 * taken. Source: Mendoza-Yero, Mínguez-Vega, Lancis, <i>Optics Letters</i> 39, 1740 (2014), there
 * with both phases interlaced in one frame.
 */
final class DoublePhase {
  /**
   * Share of the frames' light that goes where the field's does: nearly all of a frame is the field
   * with all amplitudes made 1, of which ⟨A⟩²/⟨A²⟩ is the field, π/4 for speckle.
   */
  static final double FIELD_SHARE = Math.PI / 4;

  private DoublePhase() {}

  /**
   * Writes both frames.
   *
   * @param a {@code 2·pixels} values from {@code offset}, |a| ≤ 1
   * @param frames receives {@code 4·pixels} values from {@code target}: one frame, then the other
   */
  static void split(float[] a, int offset, int pixels, FloatBuffer frames, int target) {
    try (Workspace workspace = Workspace.take()) {
      float[] plus = workspace.a;
      float[] minus = workspace.b;
      int values = 2 * pixels;
      for (int at = 0; at < values; at += Workspace.LANES) {
        int n = Math.min(Workspace.LANES, values - at);
        for (int j = 0; j < n; j += 2) {
          float re = a[offset + at + j];
          float im = a[offset + at + j + 1];
          double power = (double) re * re + (double) im * im;
          double stretch = Math.sqrt(Math.max(1 - power, 0) / power);
          double uRe = power == 0 ? 1 : re * stretch;
          double uIm = power == 0 ? 0 : im * stretch;
          plus[j] = (float) (re - uIm);
          plus[j + 1] = (float) (im + uRe);
          minus[j] = (float) (re + uIm);
          minus[j + 1] = (float) (im - uRe);
        }
        frames.put(target + at, plus, 0, n);
        frames.put(target + values + at, minus, 0, n);
      }
    }
  }
}
