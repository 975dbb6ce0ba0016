// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.Modulation;
import org.ofp.optics.SlmParameters;

/**
 * Requested amplitude → drive of the two channels, as the DACs give it: amplitude in 0 … 1 and
 * phase in turns, 0 … 1; or I and Q in −1 … 1. Immutable, safe for use by several threads.
 */
final class Drive {
  private final boolean iq;
  private final Modulation modulation;
  private final int steps;
  private final int levels;

  Drive(SlmParameters slm) {
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

  /** Replaces {@code n} requested amplitudes by drives. */
  void set(float[] a, int offset, int n) {
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
