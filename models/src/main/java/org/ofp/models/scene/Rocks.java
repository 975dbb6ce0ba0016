// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.ROCKS;

/** Boulders: many-faced, each face lit by itself. */
final class Rocks {
  private Rocks() {}

  /** A group of them, at once one thing. */
  static void add(World world, World.Spot spot, double spread) {
    SceneRandom random = world.random();
    world.mesh().begin(spot.x(), spot.y(), spot.yaw());
    Surface[] surfaces = surfaces(world);
    int count = random.whole(2, 6);
    for (int i = 0; i < count; i++) {
      double size = random.in(0.35, 0.9);
      double x = random.in(-spread, spread);
      double y = random.in(-spread, spread);
      stone(world, surfaces[i % surfaces.length], x, y, size);
    }
  }

  /** Colours of stones that lie together. */
  static Surface[] surfaces(World world) {
    SceneRandom random = world.random();
    Colour colour = random.colour(0x8A8680, 0x6A6660, 0x9A9080, 0x7A6A5C, 0x5A5A5C, 0xB0A898);
    Surface[] surfaces = new Surface[4];
    for (int i = 0; i < surfaces.length; i++) {
      Colour tint = colour.times(random.in(0.75, 1.25));
      Noise noise = world.noise();
      surfaces[i] = (u, v, shade) -> shade.set(tint, 1 + 0.5 * noise.octaves(5 * u, 5 * v, 3));
    }
    return surfaces;
  }

  /** A boulder in the thing that is being built. */
  static void stone(World world, Surface surface, double x, double y, double size) {
    SceneRandom random = world.random();
    int corners = random.whole(6, 8);
    double turn = random.angle();
    double height = size * random.in(0.5, 0.9);
    double[] foot = new double[2 * corners];
    double[] shoulder = new double[2 * corners];
    double[] top = new double[2 * corners];
    double leanX = random.in(-0.25, 0.25) * size;
    double leanY = random.in(-0.25, 0.25) * size;
    for (int i = 0; i < corners; i++) {
      double angle = turn + 2 * Math.PI * (i + random.in(-0.3, 0.3)) / corners;
      double reach = size * random.in(0.75, 1.15);
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      foot[2 * i] = x + reach * cos;
      foot[2 * i + 1] = y + reach * sin;
      shoulder[2 * i] = x + 0.85 * reach * cos + leanX / 2;
      shoulder[2 * i + 1] = y + 0.85 * reach * sin + leanY / 2;
      top[2 * i] = x + 0.4 * reach * cos + leanX;
      top[2 * i + 1] = y + 0.4 * reach * sin + leanY;
    }
    Mesh mesh = world.mesh();
    mesh.slope(ROCKS, surface, 0, foot, 0.6 * height, shoulder);
    mesh.slope(ROCKS, surface, 0.6 * height, shoulder, height, top);
    mesh.level(ROCKS, surface, height, top);
  }
}
