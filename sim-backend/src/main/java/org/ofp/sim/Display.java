// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.Modulation;
import org.ofp.optics.Response;
import org.ofp.optics.SlmParameters;

/**
 * Drives → displayed amplitude: the response of each channel, then the contrast floor {@code a → c
 * + (1−c)·a}. Immutable, safe for use by several threads.
 */
final class Display {
  private final boolean iq;
  private final boolean phaseOnly;
  private final Response amplitude;
  private final Response phase;
  private final double range;
  private final double floor;

  Display(SlmParameters slm) {
    iq = slm.iqDrive();
    phaseOnly = slm.modulation() == Modulation.PHASE_ONLY;
    amplitude = slm.amplitudeResponse();
    phase = slm.phaseResponse();
    range = slm.phaseRange();
    floor = slm.floor();
  }

  /** Replaces {@code n} drives by displayed amplitudes. */
  void show(float[] d, int offset, int n) {
    for (int i = offset; i < offset + 2 * n; i += 2) {
      if (iq) {
        showQuadratures(d, i);
      } else {
        double magnitude = magnitude(d[i]);
        double angle = angle(d[i + 1]);
        d[i] = (float) (magnitude * Math.cos(angle));
        d[i + 1] = (float) (magnitude * Math.sin(angle));
      }
    }
  }

  /** What an amplitude drive shows. */
  double magnitude(double drive) {
    return phaseOnly ? 1 : floor + (1 - floor) * amplitude.apply(drive);
  }

  /** What a phase drive in turns shows, in radians. */
  double angle(double drive) {
    // A linear response is not clamped: what crosstalk blurs beyond the range stays phase.
    return range * (phase.isLinear() ? drive : phase.apply(drive));
  }

  private void showQuadratures(float[] d, int i) {
    double re = Math.copySign(amplitude.apply(Math.abs(d[i])), d[i]);
    double im = Math.copySign(amplitude.apply(Math.abs(d[i + 1])), d[i + 1]);
    double magnitude = Math.hypot(re, im);
    if (floor > 0) {
      double shown = floor + (1 - floor) * magnitude;
      re = magnitude == 0 ? shown : re * shown / magnitude;
      im = magnitude == 0 ? 0 : im * shown / magnitude;
    }
    d[i] = (float) re;
    d[i + 1] = (float) im;
  }
}
