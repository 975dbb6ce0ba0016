// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** The colour that a {@link Surface} shows at a point. */
final class Shade {
  double red;
  double green;
  double blue;

  /** Metres between the points at which faces are sampled. */
  final double pitch;

  Shade(double pitch) {
    this.pitch = pitch;
  }

  /** Sets the colour, made lighter or darker. */
  void set(Colour colour, double gain) {
    red = colour.red() * gain;
    green = colour.green() * gain;
    blue = colour.blue() * gain;
  }

  /** Sets a mixture of two colours. */
  void mix(Colour a, Colour b, double share, double gain) {
    red = (a.red() + (b.red() - a.red()) * share) * gain;
    green = (a.green() + (b.green() - a.green()) * share) * gain;
    blue = (a.blue() + (b.blue() - a.blue()) * share) * gain;
  }

  /**
   * How much of a line is seen at a distance from its middle, in [0, 1]. A line finer than the
   * sampling is as wide as it and as much fainter, so that it does not alias.
   */
  double line(double distance, double width) {
    double seen = Math.max(width, pitch);
    return Math.abs(distance) < seen / 2 ? width / seen : 0;
  }
}
