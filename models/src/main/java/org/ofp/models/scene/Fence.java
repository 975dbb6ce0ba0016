// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.FENCE;
import static org.ofp.models.scene.SceneClass.FENCE_POLE;
import static org.ofp.models.scene.SceneClass.WALL;

/** What parts plots: fences with their poles, and low walls. */
final class Fence {
  private Fence() {}

  /** A fence of boards or pickets between stout poles, about a point. */
  static void add(World world, World.Spot spot, double length) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    Mesh mesh = world.mesh();
    world.take(spot.x(), spot.y(), spot.yaw(), length, 0.5);
    double height = random.in(1.1, 1.7);
    Surface panel = random.chance(0.5) ? BuildingSurface.boards(random, noise) : pickets(random);
    Surface rail = Surface.plain(noise, random.colour(0x9A8468, 0x7A6A58, 0xC8C4BC), 0.1);
    mesh.begin(spot.x(), spot.y(), spot.yaw());
    double half = length / 2;
    mesh.prism(FENCE, panel, rail, 0, height, Outline.rectangle(-half, -0.09, half, 0.09));
    Colour stain = random.colour(0x4A3A2C, 0x8A8A88, 0xD8D4CC, 0x6A5238);
    Surface pole = Surface.plain(noise, stain, 0.1);
    mesh.part();
    double step = random.in(1.6, 2.3);
    int poles = (int) (length / step);
    for (int i = 0; i <= poles; i++) {
      double x = -half + i * length / poles;
      double[] square = Outline.rectangle(x - 0.17, -0.17, x + 0.17, 0.17);
      mesh.prism(FENCE_POLE, pole, pole, 0, height + 0.25, square);
    }
  }

  /** Slats over what is dim behind them. */
  private static Surface pickets(SceneRandom random) {
    Colour slat = random.colour(0xD8D4CC, 0x8A7258, 0x6A7A68, 0xA8A49C);
    return (u, v, shade) -> {
      double a = u / 0.22 - Math.floor(u / 0.22);
      boolean bar = Math.abs(v - 0.3) < 0.06 || Math.abs(v - 0.9) < 0.06;
      shade.set(slat, a < 0.6 || bar ? 1 : 0.25);
    };
  }

  /** A low wall of masonry or concrete with a coping, about a point. */
  static void wall(World world, World.Spot spot, double length) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    Mesh mesh = world.mesh();
    world.take(spot.x(), spot.y(), spot.yaw(), length, 0.7);
    double height = random.in(0.7, 1.8);
    double half = length / 2;
    double thick = random.in(0.22, 0.35);
    Surface side = BuildingSurface.wall(random, noise);
    Surface coping = Surface.plain(noise, random.colour(0xB8B2A6, 0x9A8A78, 0x8A8886), 0.25);
    mesh.begin(spot.x(), spot.y(), spot.yaw());
    mesh.prism(WALL, side, side, 0, height, Outline.rectangle(-half, -thick, half, thick));
    double over = thick + 0.06;
    double[] top = Outline.rectangle(-half - 0.06, -over, half + 0.06, over);
    mesh.prism(WALL, coping, coping, height, height + 0.08, top);
  }
}
