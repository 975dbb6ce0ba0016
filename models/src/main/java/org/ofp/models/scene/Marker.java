// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.AR_MARKER;

/** A square board with a code, such as drones land by: a black border, black and white cells. */
final class Marker {
  private static final int CELLS = 6;

  private Marker() {}

  static void add(World world, World.Spot spot) {
    SceneRandom random = world.random();
    Mesh mesh = world.mesh();
    double half = random.in(0.4, 0.6);
    mesh.begin(spot.x(), spot.y(), spot.yaw());
    boolean[] white = new boolean[CELLS * CELLS];
    for (int i = 0; i < white.length; i++) {
      boolean border = i % CELLS % (CELLS - 1) == 0 || i / CELLS % (CELLS - 1) == 0;
      white[i] = !border && random.chance(0.5);
    }
    Colour paper = Colour.of(0xE8E8E6);
    Colour ink = Colour.of(0x222222);
    double margin = 0.14 * half;
    double cell = 2 * (half - margin) / CELLS;
    Surface code =
        (u, v, shade) -> {
          int col = (int) Math.floor((u + half - margin) / cell);
          int row = (int) Math.floor((v + half - margin) / cell);
          boolean inside = col >= 0 && row >= 0 && col < CELLS && row < CELLS;
          shade.set(!inside || white[row * CELLS + col] ? paper : ink, 1);
        };
    mesh.prism(AR_MARKER, code, code, 0, 0.05, Outline.rectangle(-half, -half, half, half));
  }
}
