// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.Modulation;

/**
 * Requested amplitude → drive of the two channels, as the DACs give it: amplitude in 0 … 1 and
 * phase in turns, 0 … 1; or I and Q in −1 … 1. Immutable, safe for use by several threads.
 */
public final class Drive {
  private final boolean iq;
  private final Modulation modulation;
  private final int steps;
  private final int levels;

  /** The drives of a modulator. */
  public Drive(SlmParameters slm) {
    iq = slm.iqDrive();
    modulation = slm.modulation();
    if (iq) {
      // Signed and mid-tread, so that darkness is a level.
      steps = slm.iqBits() == 0 ? 0 : (1 << (slm.iqBits() - 1)) - 1;
      levels = 0;
    } else {
      steps = slm.amplitudeBits() == 0 ? 0 : (1 << slm.amplitudeBits()) - 1;
      levels = slm.phaseBits() == 0 ? 0 : 1 << slm.phaseBits();
    }
  }

  /** Whether the channels are I and Q instead of amplitude and phase. */
  public boolean isQuadratures() {
    return iq;
  }

  /** Steps of the amplitude channel from 0 to 1, or of I and Q alike; 0 if continuous. */
  public int steps() {
    return steps;
  }

  /** Levels of the phase channel on a turn; 0 if continuous or if there is none. */
  public int levels() {
    return levels;
  }

  /** Which amplitudes are driven; others have amplitude 1 or phase 0. */
  public Modulation modulation() {
    return modulation;
  }

  /**
   * Replaces requested amplitudes by drives.
   *
   * @param a interleaved, {@code n} numbers from index {@code offset}
   */
  public void set(float[] a, int offset, int n) {
    for (int i = offset; i < offset + 2 * n; i += 2) {
      double re = a[i];
      double im = a[i + 1];
      double magnitude = Math.hypot(re, im);
      double clamp = magnitude > 1 ? 1 / magnitude : 1;
      if (iq) {
        a[i] = (float) quantised(re * clamp);
        a[i + 1] = (float) quantised(im * clamp);
      } else {
        a[i] = modulation == Modulation.PHASE_ONLY ? 1f : (float) quantised(Math.min(magnitude, 1));
        a[i + 1] = modulation == Modulation.AMPLITUDE_ONLY ? 0f : (float) turns(Math.atan2(im, re));
      }
    }
  }

  private double quantised(double drive) {
    return steps == 0 ? drive : Math.rint(drive * steps) / steps;
  }

  private double turns(double phase) {
    double turns = phase / (2 * Math.PI);
    if (levels == 0) {
      double positive = turns < 0 ? turns + 1 : turns;
      return positive >= 1 ? 0 : positive; // −tiny + 1 rounds to 1
    }
    return (double) Math.floorMod(Math.round(turns * levels), levels) / levels;
  }
}
