// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

/**
 * The weight of the light that the gaps between SLM pixels reflect unmodulated: the transform of
 * the light in the modulator's plane times {@code √ρ·(sinc(k/R)·sinc(l/C) −
 * F·sinc(√F·k/R)·sinc(√F·l/C))}, a mirror over the whole pixel less one over its modulating part.
 * Immutable.
 */
final class GapLight {
  private final double amplitude;
  private final PixelEnvelope whole;
  private final PixelEnvelope modulating;

  private GapLight(double amplitude, PixelEnvelope modulating) {
    this.amplitude = amplitude;
    this.modulating = modulating;
    whole =
        new PixelEnvelope(
            1,
            modulating.rows(),
            modulating.cols(),
            modulating.centreRow(),
            modulating.centreCol());
  }

  /**
   * The light of gaps of an intensity reflectivity.
   *
   * @param modulating envelope of the modulating part of the pixels
   * @return null if they reflect nothing
   */
  static GapLight of(double reflectivity, PixelEnvelope modulating) {
    return reflectivity == 0 ? null : new GapLight(Math.sqrt(reflectivity), modulating);
  }

  /** The weight at a place, in pixels from the axis. */
  float weight(double v, double u) {
    return (float)
        (amplitude * (whole.row(v) * whole.col(u) - modulating.row(v) * modulating.col(u)));
  }
}
