// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DIRT;
import static org.ofp.models.scene.SceneClass.GRASS;
import static org.ofp.models.scene.SceneClass.GRAVEL;
import static org.ofp.models.scene.SceneClass.PAVED_AREA;
import static org.ofp.models.scene.SceneClass.WATER;

/** Bare soil and gravel with boulders, planks and puddles. */
final class BuildingSite implements Setting {
  @Override
  public void build(World world) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double half = world.half();
    boolean gravel = random.chance(0.4);
    world.ground(
        gravel ? GRAVEL : DIRT,
        gravel ? GroundSurface.gravel(random, noise) : GroundSurface.soil(random, noise));
    double edge = random.in(-0.6, 0.6) * half;
    double[] beside = Outline.rectangle(-world.end(), edge, world.end(), world.end());
    double kind = random.unit();
    if (kind < 0.35) {
      world.ground(GRASS, GroundSurface.turf(random, noise), 0, beside);
    } else if (kind < 0.8) {
      world.ground(PAVED_AREA, GroundSurface.paving(random, noise), 0, beside);
    }
    if (random.chance(0.3)) {
      Fence.add(world, new World.Spot(0, edge, 0), 3 * half);
    }
    for (int most = 3; most > 0 && random.chance(0.6); most--) {
      double x = random.in(-0.8, 0.8) * half;
      double y = random.in(-0.8, 0.8) * half;
      double[] heap = Outline.blob(random, x, y, random.in(1, 3.2), random.in(1, 2.4), 0.14);
      double what = random.unit();
      if (what < 0.4) {
        world.ground(gravel ? DIRT : GRAVEL, other(world, gravel), 0, heap);
      } else if (what < 0.75) {
        world.ground(WATER, WaterSurface.pond(random, noise), 0, heap);
        world.take(x, y, 1);
      } else {
        Shrubs.bed(world, 0, heap, 5);
      }
    }
    for (int most = 3; most > 0 && random.chance(0.6); most--) {
      world.spot(1, DIRT, GRAVEL, GRASS).ifPresent(spot -> Rocks.add(world, spot, 0.9));
    }
    for (int most = 3; most > 0 && random.chance(0.6); most--) {
      world.spot(1.1, DIRT, GRAVEL, PAVED_AREA).ifPresent(s -> Furniture.goods(world, s));
    }
    if (random.chance(0.25)) {
      world.spot(2.2, DIRT, GRAVEL, PAVED_AREA).ifPresent(spot -> Car.add(world, spot));
    }
    Visitors.trees(world, 0.25, 0.2, GRASS, DIRT);
    Visitors.add(world, 0.5);
  }

  private static Surface other(World world, boolean gravel) {
    return gravel
        ? GroundSurface.soil(world.random(), world.noise())
        : GroundSurface.gravel(world.random(), world.noise());
  }
}
