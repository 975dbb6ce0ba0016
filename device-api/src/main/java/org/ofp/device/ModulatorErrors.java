// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;

/**
 * What the levels of a modulator leave over of a frame, slice by slice, in the mean over frames of
 * a kind: the slices of {@link BitSlices}, worked out on a few thousand pixels that stand for all.
 * Their powers are those of a {@link PowerSpread}, with so many pixels in each of its bins; their
 * phases are even (multiples of the golden section of a turn).
 *
 * <p>In the limit of fine steps one slice leaves {@code 1/(12·steps²) + ⟨|a|²⟩·Δφ²/12}. A formula
 * for the others would have to know how what is left over lies to the levels: of coarse phases and
 * fine amplitudes it is almost at right angles to what was shown, which is a level again.
 */
final class ModulatorErrors {
  /** Pixels for each bin of powers. */
  private static final int PER_BIN = 32;

  private static final double GOLDEN = 0.6180339887498949;

  /** Multiples of it are as even as those of the golden section, and independent of them. */
  private static final double PLASTIC = 0.7548776662466927;

  private final DisplayLevels levels;
  private final double[] shares;
  private final double[] scales;
  private final PowerSpread[] spreads;
  private double amplitude;
  private double phase;

  ModulatorErrors(DisplayLevels levels, FrameStatistics frame, int pixels, int slices) {
    this.levels = levels;
    PowerSpread spread = frame.frame();
    int bins = 0;
    for (int bin = 0; bin < spread.bins(); bin++) {
      bins += spread.share(bin) > 0 ? 1 : 0;
    }
    shares = new double[PER_BIN * bins];
    float[] a = sample(spread, frame.offAxis());
    scales = new double[slices];
    spreads = new PowerSpread[slices];
    double reach = slices == 1 ? 1 : levels.reach();
    double scale = 1;
    for (int s = 0; s < slices; s++) {
      scale /= reach;
      multiply(a, reach);
      scales[s] = scale;
      spreads[s] = spread(a);
      float[] left = left(a, s + 1 < slices);
      if (s + 1 == slices) {
        addErrors(a, left, scale * scale);
      }
      double largest = Math.sqrt(spread(left).largest(pixels));
      multiply(left, largest == 0 ? 0 : 1 / largest);
      clip(left);
      scale *= largest;
      a = left;
    }
  }

  private float[] sample(PowerSpread spread, double offAxis) {
    float[] a = new float[2 * shares.length];
    int i = 0;
    for (int bin = 0; bin < spread.bins(); bin++) {
      for (int j = 0; j < PER_BIN && spread.share(bin) > 0; j++) {
        double power = Math.min(1, spread.power(bin) * PowerSpread.within((j + 0.5) / PER_BIN));
        double turn = i * PLASTIC % 1 < offAxis ? i * GOLDEN % 1 : 0;
        a[2 * i] = (float) (Math.sqrt(power) * Math.cos(2 * Math.PI * turn));
        a[2 * i + 1] = (float) (Math.sqrt(power) * Math.sin(2 * Math.PI * turn));
        shares[i] = spread.share(bin) / PER_BIN;
        i++;
      }
    }
    return a;
  }

  private PowerSpread spread(float[] a) {
    PowerSpread spread = new PowerSpread();
    for (int i = 0; i < shares.length; i++) {
      double re = a[2 * i];
      double im = a[2 * i + 1];
      spread.add(re * re + im * im, shares[i]);
    }
    return spread;
  }

  private static void multiply(float[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= (float) factor;
    }
  }

  /** The few pixels of the sample that are brighter than the brightest one is expected to be. */
  private static void clip(float[] a) {
    for (int i = 0; i < a.length; i += 2) {
      double magnitude = Math.hypot(a[i], a[i + 1]);
      if (magnitude > 1) {
        a[i] /= (float) magnitude;
        a[i + 1] /= (float) magnitude;
      }
    }
  }

  /**
   * @param nearest as {@link BitSlices} rounds, or as the device itself does
   */
  private float[] left(float[] a, boolean nearest) {
    if (levels.continuous()) {
      return new float[a.length];
    }
    float[] left = a.clone();
    if (levels.phaseOnly()) {
      float[] both = new float[2 * a.length];
      DoublePhase.split(a, 0, shares.length, FloatBuffer.wrap(both), 0);
      for (int f = 0; f < 2; f++) {
        float[] frame = new float[a.length];
        System.arraycopy(both, f * a.length, frame, 0, a.length);
        levels.settle(frame, a.length, 0.5f, left, nearest);
      }
    } else {
      levels.settle(a.clone(), a.length, 1, left, nearest);
    }
    return left;
  }

  private void addErrors(float[] a, float[] left, double unit) {
    for (int i = 0; i < shares.length; i++) {
      double re = left[2 * i];
      double im = left[2 * i + 1];
      double all = re * re + im * im;
      double shown = Math.hypot(a[2 * i] - re, a[2 * i + 1] - im);
      double length = shown - Math.hypot(a[2 * i], a[2 * i + 1]);
      double byAmplitude =
          levels.phaseOnly()
              ? 0
              : levels.quadratures() || shown < 1e-6 ? all : Math.min(all, length * length);
      amplitude += unit * shares[i] * byAmplitude;
      phase += unit * shares[i] * (all - byAmplitude);
    }
  }

  /** What |a| = 1 of a slice stands for in the first frame's amplitudes. */
  double scale(int slice) {
    return scales[slice];
  }

  /** Powers of the pixels of a slice. */
  PowerSpread spread(int slice) {
    return spreads[slice];
  }

  /** Mean |error|² after all slices due to steps of the amplitude or of the quadratures. */
  double amplitude() {
    return amplitude;
  }

  /** Mean |error|² after all slices due to steps of the phase. */
  double phase() {
    return phase;
  }
}
