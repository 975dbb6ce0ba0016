// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/**
 * Reflected light, linear, 1 is white. A square stands for sRGB's curve: close enough for invented
 * colours, and exact arithmetic on every machine.
 */
record Colour(double red, double green, double blue) {
  /** From 0xRRGGBB. */
  static Colour of(int rgb) {
    return new Colour(linear(rgb >> 16), linear(rgb >> 8), linear(rgb));
  }

  /** Lighter or darker. */
  Colour times(double gain) {
    return new Colour(red * gain, green * gain, blue * gain);
  }

  /** A mixture: this at 0, the other at 1. */
  Colour mix(Colour other, double share) {
    return new Colour(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  private static double linear(int channel) {
    double value = (channel & 255) / 255.0;
    return value * value;
  }
}
