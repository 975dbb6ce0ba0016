// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.PAVED_AREA;
import static org.ofp.models.scene.SceneClass.POOL;
import static org.ofp.models.scene.SceneClass.WATER;

/** Water in a pool and in a pond. */
final class Basin {
  private Basin() {}

  /** A swimming pool with its paved surround. */
  static void pool(World world, World.Spot spot, double length, double width) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double a = length / 2;
    double b = width / 2;
    world.take(spot.x(), spot.y(), spot.yaw(), length + 1, width + 1);
    double radius = random.chance(0.5) ? 0.15 : 0.8 * Math.min(a, b);
    Surface slabs = GroundSurface.slabs(random, noise);
    Surface rim = Surface.plain(noise, random.colour(0xD8D2C4, 0xB8B0A0, 0xE0DEDA), 0.15);
    double border = random.in(0.4, 1.2);
    double[] surround = Outline.rectangle(-a - border, -b - border, a + border, b + border);
    world.ground(
        PAVED_AREA, slabs, spot.yaw(), Outline.moved(surround, spot.x(), spot.y(), spot.yaw()));
    Mesh mesh = world.mesh();
    mesh.begin(spot.x(), spot.y(), spot.yaw());
    double[] edge = Outline.rounded(0, 0, a + 0.2, b + 0.2, radius + 0.2);
    mesh.level(PAVED_AREA, rim, 0.04, edge);
    mesh.begin(spot.x(), spot.y(), spot.yaw());
    double[] inside = Outline.rounded(0, 0, a, b, radius);
    if (random.chance(0.2)) {
      mesh.level(POOL, WaterSurface.cover(random, noise), 0.045, inside);
      return;
    }
    Surface water = WaterSurface.pool(random, noise);
    mesh.level(POOL, water, 0.045, inside);
    if (random.chance(0.6)) { // steps, seen through the water
      double side = random.sign() * (a - 0.45);
      double[] step = Outline.rectangle(side - 0.3, -0.6 * b, side + 0.3, 0.6 * b);
      Surface pale =
          (u, v, shade) -> {
            water.paint(u, v, shade);
            shade.red = 0.6 * shade.red + 0.2;
            shade.green = 0.7 * shade.green + 0.2;
            shade.blue = 0.7 * shade.blue + 0.2;
          };
      mesh.level(POOL, pale, 0.05, step);
    }
  }

  /** A pond with stones on its shore. */
  static void pond(World world, World.Spot spot, double rx, double ry) {
    SceneRandom random = world.random();
    double[] shore = Outline.blob(random, 0, 0, rx, ry, 0.12);
    double[] outline = Outline.moved(shore, spot.x(), spot.y(), spot.yaw());
    world.ground(WATER, WaterSurface.pond(random, world.noise()), spot.yaw(), outline);
    world.take(spot.x(), spot.y(), 0.8 * Math.min(rx, ry));
    if (random.chance(0.6)) {
      int first = random.whole(0, 38);
      int stones = random.whole(5, 14);
      world.mesh().begin(0, 0, 0);
      Surface[] surfaces = Rocks.surfaces(world);
      for (int i = 0; i < stones; i++) {
        int at = 2 * ((first + i) % (outline.length / 2));
        double x = outline[at] + random.in(-0.15, 0.15);
        double y = outline[at + 1] + random.in(-0.15, 0.15);
        Rocks.stone(world, surfaces[i % surfaces.length], x, y, random.in(0.25, 0.5));
      }
    }
  }
}
