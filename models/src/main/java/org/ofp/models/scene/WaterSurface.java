// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** Water, in which the ground, the sky and ripples are seen. */
final class WaterSurface {
  private WaterSurface() {}

  /** Clear water over tiles: a net of bright lines. */
  static Surface pool(SceneRandom random, Noise noise) {
    Colour colour =
        random.colour(
            0x58B8C8, 0x3A9AC0, 0x6ACAD0, 0x4A88B0, 0x7AB8B0, 0x3A7890, 0x4A6A60, 0x8AA8A0,
            0x34506A);
    double net = random.in(0.15, 0.45);
    double depth = random.in(-0.08, 0.08);
    return (u, v, shade) -> {
      double warpU = u + 0.35 * noise.at(1.5 * u, 1.5 * v);
      double warpV = v + 0.35 * noise.at(1.5 * u + 30, 1.5 * v);
      double ripple = Math.abs(noise.at(2.4 * warpU, 2.4 * warpV));
      double gain = 1 + depth * u + net * (0.35 - ripple) * 1.8;
      shade.set(colour, Math.max(0.4, Math.min(1.6, gain)));
    };
  }

  /** The slats of a cover that lies on a pool. */
  static Surface cover(SceneRandom random, Noise noise) {
    Colour colour = random.colour(0x8A9298, 0x4A6A8A, 0xC0BAA8, 0x3A5048, 0x6A6E72);
    return (u, v, shade) -> {
      double a = u / 0.3;
      double slat = (0.5 - Math.abs(a - Math.floor(a) - 0.5)) * 0.3;
      double gain = 1 + 0.2 * noise.octaves(0.6 * u, 0.6 * v, 2);
      shade.set(colour, gain * (1 - 0.5 * shade.line(slat, 0.05)));
    };
  }

  /** A pond: dark, with mirrored clouds and murky shallows. */
  static Surface pond(SceneRandom random, Noise noise) {
    Colour deep = random.colour(0x2F3F38, 0x3A4A55, 0x4A4A3A, 0x2A3540, 0x50584A);
    Colour mirrored = random.colour(0x8A9AA8, 0x9AA0A0, 0x6A7A80, 0x7A8A70);
    double where = random.in(0, 50);
    double glare = random.in(0.3, 1.0);
    return (u, v, shade) -> {
      double cloud = noise.octaves(0.25 * u + where, 0.25 * v, 2);
      double ripple = noise.at(0.9 * u + 0.3 * v, 5 * v + noise.at(u, v));
      double share = Math.max(0, Math.min(1, glare * (0.3 + cloud + 0.15 * ripple)));
      shade.mix(deep, mirrored, share, 1 + 0.06 * ripple);
    };
  }
}
