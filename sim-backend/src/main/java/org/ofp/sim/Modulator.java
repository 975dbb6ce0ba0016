// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.optics.BenchParameters;

/**
 * Stage 1, the SLM: requested amplitude → displayed amplitude.
 *
 * <p>Amplitude and phase drives have 2^b−1 equal steps over [0, 1] and 2^b levels over 2π. A drive
 * that is off is continuous. Immutable, safe for use by several threads.
 */
final class Modulator {
  private final int amplitudeSteps;
  private final int phaseLevels;

  /** cos and sin of every phase level, interleaved. */
  private final float[] circle;

  Modulator(BenchParameters bench) {
    amplitudeSteps = bench.amplitudeBits() == 0 ? 0 : (1 << bench.amplitudeBits()) - 1;
    phaseLevels = bench.phaseBits() == 0 ? 0 : 1 << bench.phaseBits();
    circle = new float[2 * phaseLevels];
    for (int level = 0; level < phaseLevels; level++) {
      double phase = 2 * Math.PI * level / phaseLevels;
      circle[2 * level] = (float) Math.cos(phase);
      circle[2 * level + 1] = (float) Math.sin(phase);
    }
  }

  /** Whether frames are shown as they are, apart from the clamp to |a| ≤ 1. */
  boolean isContinuous() {
    return amplitudeSteps == 0 && phaseLevels == 0;
  }

  /** Replaces {@code n} requested amplitudes by the displayed ones. */
  void modulate(float[] a, int offset, int n) {
    if (isContinuous()) {
      clamp(a, offset, n);
    } else if (phaseLevels == 0) {
      quantiseAmplitude(a, offset, n, amplitudeSteps);
    } else {
      quantise(a, offset, n, amplitudeSteps, phaseLevels, circle);
    }
  }

  private static void clamp(float[] a, int offset, int n) {
    for (int i = offset; i < offset + 2 * n; i += 2) {
      float power = a[i] * a[i] + a[i + 1] * a[i + 1];
      if (power > 1) {
        float scale = (float) (1 / Math.sqrt(power));
        a[i] *= scale;
        a[i + 1] *= scale;
      }
    }
  }

  private static void quantiseAmplitude(float[] a, int offset, int n, int steps) {
    for (int i = offset; i < offset + 2 * n; i += 2) {
      float magnitude = (float) Math.sqrt(a[i] * a[i] + a[i + 1] * a[i + 1]);
      if (magnitude > 0) {
        float scale = shown(magnitude, steps) / magnitude;
        a[i] *= scale;
        a[i + 1] *= scale;
      }
    }
  }

  private static void quantise(
      float[] a, int offset, int n, int steps, int levels, float[] circle) {
    float perRadian = (float) (levels / (2 * Math.PI));
    // A whole turn more keeps the cast a floor; Math.round costs several times as much.
    float aboveZero = levels + 0.5f;
    for (int i = offset; i < offset + 2 * n; i += 2) {
      float re = a[i];
      float im = a[i + 1];
      float magnitude = shown((float) Math.sqrt(re * re + im * im), steps);
      int level = (int) (Phase.of(im, re) * perRadian + aboveZero) & (levels - 1);
      a[i] = magnitude * circle[2 * level];
      a[i + 1] = magnitude * circle[2 * level + 1];
    }
  }

  private static float shown(float magnitude, int steps) {
    float clamped = Math.min(magnitude, 1f);
    return steps == 0 ? clamped : (int) (clamped * steps + 0.5f) / (float) steps;
  }
}
