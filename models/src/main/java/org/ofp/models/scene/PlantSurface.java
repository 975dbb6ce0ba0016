// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** Leaves and wood. */
final class PlantSurface {
  static final int[] LEAVES = {
    0x4A6B35, 0x5C7A3E, 0x6F7F45, 0x3D5A33, 0x7B8F58, 0x33502F, 0x5F6F5A, 0x6A4A4A
  };
  static final int[] CROWN = {
    0x3F5E2E, 0x4F6F34, 0x2F4D2B, 0x66793A, 0x8A8040, 0x8D5A35, 0x6A3F3F, 0x56753F
  };
  static final int[] BLOSSOM = {0xD86A8A, 0xE8D860, 0xE8E4E0, 0xB070C0, 0xE09040, 0xC83040};
  static final int[] WOOD = {0x6A5A4A, 0x8A7A68, 0x5A4A3C, 0x9A9088, 0x7A6048};

  private PlantSurface() {}

  /** A spray of leaves. */
  static Surface leaves(Noise noise, Colour colour) {
    return (u, v, shade) -> shade.set(colour, 1 + 0.45 * noise.at(9 * u, 9 * v));
  }

  /** Wood of a trunk, or of a weathered board. */
  static Surface bark(SceneRandom random, Noise noise) {
    Colour colour = random.colour(WOOD);
    return (u, v, shade) -> shade.set(colour, 1 + 0.35 * noise.at(12 * u, 3 * v));
  }
}
