// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/**
 * Sun and sky.
 *
 * @param sun its light on a face that looks at it; black under clouds
 * @param sky its light on a face that looks up
 * @param slopeX metres that sunlight moves along x while it falls by one
 * @param slopeY likewise along y
 * @param softness radius of a shadow's edge in metres
 */
record Light(Colour sun, Colour sky, double slopeX, double slopeY, double softness) {

  /** Weather and time of day. */
  static Light of(SceneRandom random) {
    double direction = random.angle();
    double slope = random.in(0.3, 1.5);
    double low = slope / 1.5;
    double clouds = random.chance(0.6) ? random.in(0, 0.25) : random.in(0.3, 0.95);
    Colour sun = Colour.of(0xFFFCF4).mix(Colour.of(0xFFD8A8), low * random.unit());
    Colour sky = Colour.of(0xB8CCF0).mix(Colour.of(0xF0F0F0), clouds);
    return new Light(
        sun.times(1.25 * (1 - clouds)),
        sky.times(0.42 + 0.5 * clouds),
        slope * StrictMath.cos(direction),
        slope * StrictMath.sin(direction),
        0.05 + 0.25 * clouds);
  }

  /** The unit vector towards the sun. */
  double[] direction() {
    double length = Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
    return new double[] {-slopeX / length, -slopeY / length, 1 / length};
  }
}
