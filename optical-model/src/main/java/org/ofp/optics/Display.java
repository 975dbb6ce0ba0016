// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.Modulation;

/**
 * Drives → displayed amplitude: the response of each channel, then the contrast floor {@code a → c
 * + (1−c)·a}. Immutable, safe for use by several threads.
 */
public final class Display {
  private final boolean iq;
  private final boolean phaseOnly;
  private final Response amplitude;
  private final Response phase;
  private final double range;
  private final double floor;

  /** The display of a modulator. */
  public Display(SlmParameters slm) {
    iq = slm.iqDrive();
    phaseOnly = slm.modulation() == Modulation.PHASE_ONLY;
    amplitude = slm.amplitudeResponse();
    phase = slm.phaseResponse();
    range = slm.phaseRange();
    floor = slm.floor();
  }

  /** Whether the drives are I and Q instead of amplitude and phase. */
  public boolean isQuadratures() {
    return iq;
  }

  /** Whether the amplitude is 1 whatever its drive. */
  public boolean isPhaseOnly() {
    return phaseOnly;
  }

  /** Response of the amplitude channel, or of I and Q alike. */
  public Response amplitudeResponse() {
    return amplitude;
  }

  /** Response of the phase channel. */
  public Response phaseResponse() {
    return phase;
  }

  /** Radians that the phase channel spans. */
  public double phaseRange() {
    return range;
  }

  /** What is shown for amplitude 0. */
  public double floor() {
    return floor;
  }

  /**
   * Replaces drives by displayed amplitudes.
   *
   * @param d interleaved, {@code n} pairs from index {@code offset}
   */
  public void show(float[] d, int offset, int n) {
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
  public double magnitude(double drive) {
    return phaseOnly ? 1 : floor + (1 - floor) * amplitude.apply(drive);
  }

  /** What a phase drive in turns shows, in radians. */
  public double angle(double drive) {
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
