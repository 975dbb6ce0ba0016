// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** What houses are made of. */
final class BuildingSurface {
  private static final int[] TILES = {0x9A4F3C, 0x7F4436, 0x5A5558, 0x6E6660, 0xA06A4E, 0x4B4648};
  private static final int[] SHEET = {0x8C8A86, 0xA6A8A8, 0x6A7074, 0x7A5A4C, 0x55605A, 0x9A9488};
  private static final int[] PLASTER = {0xE2DCCD, 0xD8CFBA, 0xC9C5BD, 0xB09478, 0x9A9B9A, 0xCFAE86};
  private static final int[] CLINKER = {0x8C5646, 0x9A6A50, 0x7A4A40, 0xA88468};

  private BuildingSurface() {}

  /** A pitched roof's cover. */
  static Surface pitchedRoof(SceneRandom random, Noise noise) {
    return random.chance(0.75) ? tiles(random, noise) : sheet(random, noise);
  }

  /** Rows of rounded tiles, each row with a shadow under its edge. */
  private static Surface tiles(SceneRandom random, Noise noise) {
    Colour colour = random.colour(TILES);
    double row = random.in(0.28, 0.42);
    double column = random.in(0.24, 0.34);
    double moss = random.in(0.05, 0.25);
    return (u, v, shade) -> {
      double b = v / row;
      double a = u / column;
      double up = b - Math.floor(b);
      double gain = 0.86 + 0.28 * up;
      gain *= 1 - 0.55 * shade.line((up - 0.5 > 0 ? 1 - up : up) * row, 0.09);
      double along = a - Math.floor(a);
      gain *= 0.88 + 0.45 * along * (1 - along) * Math.min(1, column / (3 * shade.pitch));
      gain *= 1 + 0.12 * noise.cell((int) Math.floor(a), (int) Math.floor(b));
      gain *= 1 + 2 * moss * noise.octaves(0.5 * u, 0.5 * v, 3);
      shade.set(colour, gain);
    };
  }

  /** Standing seams from ridge to eaves. */
  private static Surface sheet(SceneRandom random, Noise noise) {
    Colour colour = random.colour(SHEET);
    double seam = random.in(0.35, 0.6);
    return (u, v, shade) -> {
      double a = u / seam;
      double along = (a - Math.floor(a)) * seam;
      double gain = 1 + 0.12 * noise.octaves(0.4 * u, 0.4 * v, 3);
      gain *= 1 - 0.45 * shade.line(along - 0.04, 0.05) + 0.3 * shade.line(along - 0.09, 0.05);
      shade.set(colour, gain);
    };
  }

  /** A flat roof: welded strips, puddle marks. */
  static Surface flatRoof(SceneRandom random, Noise noise) {
    Colour colour = random.colour(0x6A6A6C, 0x8A8886, 0x55585C, 0xA8A6A0, 0x7A7470);
    double strip = random.in(0.9, 1.2);
    return (u, v, shade) -> {
      double b = v / strip;
      double gain = 1 + 0.3 * noise.octaves(0.4 * u, 0.4 * v, 3) + 0.05 * noise.at(20 * u, 20 * v);
      gain *= 1 - 0.3 * shade.line((b - Math.floor(b) - 0.5) * strip, 0.05);
      shade.set(colour, gain);
    };
  }

  /** A house's wall. */
  static Surface wall(SceneRandom random, Noise noise) {
    double kind = random.unit();
    return kind < 0.6
        ? plaster(random, noise)
        : kind < 0.85 ? masonry(random, noise) : boards(random, noise);
  }

  private static Surface plaster(SceneRandom random, Noise noise) {
    Colour colour = random.colour(PLASTER);
    return (u, v, shade) -> {
      double streaks = 0.14 * noise.octaves(2.5 * u, 0.4 * v, 3);
      shade.set(colour, 1 + streaks + 0.03 * noise.at(25 * u, 25 * v));
    };
  }

  /** Rows of clinker. */
  static Surface masonry(SceneRandom random, Noise noise) {
    Colour colour = random.colour(CLINKER);
    return (u, v, shade) -> {
      double b = v / 0.16;
      double row = Math.floor(b);
      double a = u / 0.3 + ((int) row & 1) * 0.5;
      double gain = 1 + 0.2 * noise.cell((int) Math.floor(a), (int) row);
      gain *= 1 + 0.4 * shade.line(0.08 - Math.abs(b - row - 0.5) * 0.16, 0.03);
      shade.set(colour, gain * (1 + 0.1 * noise.octaves(u, v, 2)));
    };
  }

  /** Upright planks. */
  static Surface boards(SceneRandom random, Noise noise) {
    Colour colour = random.colour(0x8A6A4C, 0xA08868, 0x6A5240, 0x9A948A, 0x5A6A5A, 0xB8A890);
    double plank = random.in(0.14, 0.24);
    return (u, v, shade) -> {
      double a = u / plank;
      double column = Math.floor(a);
      double gain = 1 + 0.2 * noise.cell((int) column, 5) + 0.12 * noise.at(14 * u, 2 * v);
      gain *= 1 - 0.6 * shade.line((0.5 - Math.abs(a - column - 0.5)) * plank, 0.04);
      shade.set(colour, gain);
    };
  }
}
