// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DIRT;
import static org.ofp.models.scene.SceneClass.GRASS;
import static org.ofp.models.scene.SceneClass.GRAVEL;
import static org.ofp.models.scene.SceneClass.PAVED_AREA;

/** A paved place with cars and goods, walls and a shed. */
final class Yard implements Setting {
  @Override
  public void build(World world) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double half = world.half();
    world.ground(PAVED_AREA, GroundSurface.paving(random, noise));
    if (random.chance(0.6)) {
      double edge = random.in(0.1, 0.6) * half;
      double[] beside = Outline.rectangle(-world.end(), edge, world.end(), world.end());
      double kind = random.unit();
      if (kind < 0.45) {
        world.ground(GRAVEL, GroundSurface.gravel(random, noise), 0, beside);
      } else if (kind < 0.7) {
        world.ground(GRASS, GroundSurface.turf(random, noise), 0, beside);
      } else {
        world.ground(PAVED_AREA, GroundSurface.paving(random, noise), 0, beside);
      }
      if (random.chance(0.5)) {
        Fence.wall(world, new World.Spot(0, edge, 0), 3 * half);
      } else if (random.chance(0.35)) {
        Fence.add(world, new World.Spot(0, edge, 0), 3 * half);
      }
    }
    if (random.chance(0.55)) {
      double width = random.in(4, 7);
      double y = -half * random.in(0.35, 0.8) - width / 2;
      double x = random.in(-0.6, 0.6) * half;
      House.add(world, new World.Spot(x, y, 0), random.in(5, 10), width);
    }
    if (random.chance(0.5)) {
      for (int most = 2; most > 0; most--) {
        double x = random.in(-0.8, 0.8) * half;
        double y = random.in(-0.8, 0.8) * half;
        if (world.free(x, y, 1)) {
          double[] plot = Outline.rectangle(x - 1.6, y - 0.9, x + 1.6, y + 0.9);
          Shrubs.bed(world, 0, plot, 6);
        }
      }
    }
    int cars = random.whole(0, 3);
    double yaw = random.chance(0.5) ? 0 : Math.PI / 2;
    for (int i = 0; i < cars; i++) {
      world
          .spot(2.1, PAVED_AREA, GRAVEL)
          .ifPresent(spot -> Car.add(world, spot.headed(yaw + random.in(-0.1, 0.1))));
    }
    for (int most = 4; most > 0 && random.chance(0.7); most--) {
      world.spot(0.9, PAVED_AREA, GRAVEL).ifPresent(spot -> Furniture.goods(world, spot));
    }
    Visitors.trees(world, 0.4, 0.05, GRASS, DIRT, PAVED_AREA);
    Visitors.add(world, 0.55);
  }
}
