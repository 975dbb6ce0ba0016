// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DIRT;
import static org.ofp.models.scene.SceneClass.GRASS;
import static org.ofp.models.scene.SceneClass.GRAVEL;
import static org.ofp.models.scene.SceneClass.PAVED_AREA;
import static org.ofp.models.scene.SceneClass.VEGETATION;

/** Lawn and trees, a path, perhaps a pond. */
final class Park implements Setting {
  @Override
  public void build(World world) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double half = world.half();
    world.ground(GRASS, GroundSurface.turf(random, noise));
    for (int most = 2; most > 0 && random.chance(0.4); most--) {
      double x = random.in(-0.8, 0.8) * half;
      double y = random.in(-0.8, 0.8) * half;
      double[] outline = Outline.blob(random, x, y, random.in(1.5, 4), random.in(1, 3), 0.15);
      world.ground(DIRT, GroundSurface.soil(random, noise), 0, outline);
    }
    boolean gravel = random.chance(0.55);
    double[] band =
        Outline.band(
            random, random.in(-0.5, 0.5) * half, random.in(2, 5), world.end(), random.in(0.3, 2));
    world.ground(
        gravel ? GRAVEL : PAVED_AREA,
        gravel ? GroundSurface.gravel(random, noise) : GroundSurface.paving(random, noise),
        0,
        band);
    if (random.chance(0.45)) {
      double x = random.in(-0.6, 0.6) * half;
      double y = random.sign() * random.in(0.4, 0.9) * half;
      double rx = Math.min(random.in(2.5, 5.5), 0.7 * half);
      double ry = Math.min(random.in(1.8, 4), 0.6 * half);
      Basin.pond(world, new World.Spot(x, y, random.angle()), rx, ry);
    }
    for (int most = 3; most > 0 && random.chance(0.6); most--) {
      world
          .spot(1, GRASS, DIRT)
          .ifPresent(
              spot -> {
                double a = random.in(1.6, 4);
                double[] outline = Outline.blob(random, spot.x(), spot.y(), a, 0.7 * a, 0.15);
                Shrubs.bed(world, 0, outline, 8);
              });
    }
    if (random.chance(0.45)) {
      world.spot(1, GRASS, DIRT).ifPresent(spot -> Rocks.add(world, spot, 0.8));
    }
    Visitors.trees(world, 0.68, 0.22, GRASS, DIRT, VEGETATION);
    if (random.chance(0.65)) {
      world.spot(1, GRASS, GRAVEL, PAVED_AREA).ifPresent(s -> Furniture.leisure(world, s));
    }
    Visitors.add(world, 0.6);
  }
}
