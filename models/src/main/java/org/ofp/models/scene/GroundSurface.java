// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** What one walks on. Colours of different classes overlap; texture tells them apart. */
final class GroundSurface {
  private static final int[] ASPHALT = {0x6B6B6B, 0x55565A, 0x7D7A75, 0x8A8681, 0x4A4A4C};
  private static final int[] SLABS = {0xA8A49A, 0xB9B0A0, 0xC2B59F, 0x9C9C98, 0x8F8C88, 0xB0A08A};
  private static final int[] BRICKS = {0x9A5F4C, 0x8A6A5A, 0xA67C65, 0x7A7672, 0x8C8478, 0x6E5A50};
  private static final int[] TURF = {
    0x5D7D3A, 0x6B8A3F, 0x4E6E33, 0x86904A, 0x9A9355, 0x3F6332, 0xA09068
  };
  private static final int[] GRAVEL = {0x9C968C, 0xB3A994, 0x8C8378, 0xC4BBA8, 0x7D7871, 0xA58F78};
  private static final int[] SOIL = {0x7A5C42, 0x8F7352, 0x6B4D36, 0xA58A68, 0x5D4A3A, 0x86705C};

  private GroundSurface() {}

  /** Any paving. */
  static Surface paving(SceneRandom random, Noise noise) {
    double kind = random.unit();
    return kind < 0.3
        ? asphalt(random, noise)
        : kind < 0.68 ? slabs(random, noise) : bricks(random, noise);
  }

  /** Fine and even, with old stains and cracks. */
  static Surface asphalt(SceneRandom random, Noise noise) {
    Colour colour = random.colour(ASPHALT);
    double stains = random.in(0.05, 0.25);
    double cracks = random.chance(0.5) ? random.in(0.2, 0.5) : 0;
    return (u, v, shade) -> {
      double gain = 1 + stains * 2 * noise.octaves(0.4 * u, 0.4 * v, 3);
      gain *= 1 + 0.08 * noise.at(25 * u, 25 * v);
      double crack = noise.octaves(0.35 * u + 40, 0.35 * v, 4);
      gain *= 1 - cracks * shade.line(crack / 0.35, 0.05);
      shade.set(colour, gain);
    };
  }

  /** Squares or rectangles with joints, each of its own shade. */
  static Surface slabs(SceneRandom random, Noise noise) {
    double length = random.in(0.35, 0.9);
    double width = random.chance(0.5) ? length : length * random.in(0.5, 0.8);
    double offset = random.chance(0.5) ? 0.5 : 0;
    return courses(random.colour(SLABS), random, noise, length, width, offset, 0.025);
  }

  /** Small stones in running bond. */
  static Surface bricks(SceneRandom random, Noise noise) {
    return courses(random.colour(BRICKS), random, noise, random.in(0.2, 0.32), 0.13, 0.5, 0.02);
  }

  private static Surface courses(
      Colour colour,
      SceneRandom random,
      Noise noise,
      double length,
      double width,
      double offset,
      double joint) {
    double variety = random.in(0.04, 0.16);
    double dirt = random.in(0.05, 0.25);
    double depth = random.in(0.35, 0.65);
    double turn = random.chance(0.35) ? 0.7071067811865476 : 0;
    double keep = turn > 0 ? turn : 1;
    return (u, v, shade) -> {
      double a = (keep * u - turn * v) / length;
      double b = (turn * u + keep * v) / width;
      double row = Math.floor(b);
      double along = a + ((int) row & 1) * offset;
      double column = Math.floor(along);
      double gain = 1 + variety * noise.cell((int) column, (int) row + 91);
      gain *= 1 + 2 * dirt * noise.octaves(0.5 * u, 0.5 * v, 3);
      double across = (along - column - 0.5) * length;
      double up = (b - row - 0.5) * width;
      double lines =
          Math.max(
              shade.line(length / 2 - Math.abs(across), 2 * joint),
              shade.line(width / 2 - Math.abs(up), 2 * joint));
      shade.set(colour, gain * (1 - depth * lines));
    };
  }

  /** Blades, tufts, dry spots; sometimes the stripes of a mower. */
  static Surface turf(SceneRandom random, Noise noise) {
    Colour lush = random.colour(TURF);
    Colour dry = lush.mix(random.colour(0x9A9355, 0xA39A6A, 0x8A9048), random.in(0.2, 0.8));
    double stripes = random.chance(0.25) ? random.in(0.06, 0.14) : 0;
    double tufts = random.in(0.12, 0.3);
    double stripe = random.in(0.5, 1.1);
    double where = random.in(0, 50);
    return (u, v, shade) -> {
      double share = 0.5 + 1.3 * noise.octaves(0.45 * u + where, 0.45 * v, 3);
      double gain = 1 + tufts * (noise.at(7 * u, 7 * v) + 0.8 * noise.at(19 * u, 19 * v));
      gain *= 1 + ((int) Math.floor(u / stripe) & 1) * stripes;
      shade.mix(lush, dry, Math.max(0, Math.min(1, share)), gain);
    };
  }

  /** Single stones, light and dark ones side by side. */
  static Surface gravel(SceneRandom random, Noise noise) {
    Colour colour = random.colour(GRAVEL);
    Colour other = random.colour(GRAVEL);
    double contrast = random.in(0.35, 0.6);
    double size = random.in(0.05, 0.1);
    return (u, v, shade) -> {
      double a = u / size;
      double b = v / size;
      double stone = noise.cell((int) Math.floor(a), (int) Math.floor(b));
      double gain = 1 + contrast * (0.75 * stone + 0.7 * noise.at(1.7 * a + 30, 1.7 * b));
      gain *= 1 + 0.12 * noise.octaves(0.6 * u, 0.6 * v, 2);
      shade.mix(colour, other, 0.5 + 0.5 * noise.cell((int) Math.floor(a) + 7, (int) b), gain);
    };
  }

  /** Clods and hollows, soft and irregular. */
  static Surface soil(SceneRandom random, Noise noise) {
    Colour colour = random.colour(SOIL);
    Colour damp = colour.times(random.in(0.45, 0.7));
    double clods = random.in(0.15, 0.35);
    double where = random.in(0, 50);
    return (u, v, shade) -> {
      double share = 0.5 + 1.5 * noise.octaves(0.7 * u + where, 0.7 * v, 4);
      double gain = 1 + clods * 1.6 * noise.octaves(3.2 * u, 3.2 * v, 3);
      shade.mix(colour, damp, Math.max(0, Math.min(1, share)), gain);
    };
  }

  /** Low plants with leaves of several greens, and blossom. */
  static Surface plants(SceneRandom random, Noise noise) {
    Colour leaf = random.colour(PlantSurface.LEAVES);
    Colour other = random.colour(PlantSurface.LEAVES);
    Colour blossom = random.colour(PlantSurface.BLOSSOM);
    double blossoms = random.chance(0.4) ? random.in(0.3, 0.6) : 2;
    return (u, v, shade) -> {
      double clump = noise.octaves(2.2 * u, 2.2 * v, 2);
      double gain = 0.75 + 0.9 * clump + 0.3 * noise.at(14 * u, 14 * v);
      boolean flower = noise.at(6 * u + 60, 6 * v) > blossoms;
      if (flower) {
        shade.set(blossom, 1);
      } else {
        shade.mix(leaf, other, 0.5 + noise.at(u, v) / 2, Math.max(0.2, gain));
      }
    };
  }
}
