// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DIRT;
import static org.ofp.models.scene.SceneClass.GRASS;
import static org.ofp.models.scene.SceneClass.GRAVEL;
import static org.ofp.models.scene.SceneClass.PAVED_AREA;
import static org.ofp.models.scene.SceneClass.VEGETATION;

/** A house with terrace, lawn, beds, perhaps a pool. The house stands where y is negative. */
final class Garden implements Setting {
  @Override
  public void build(World world) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double half = world.half();
    boolean paved = random.chance(0.3);
    world.ground(
        paved ? PAVED_AREA : GRASS,
        paved ? GroundSurface.slabs(random, noise) : GroundSurface.turf(random, noise));

    double wall = -half * random.in(0.2, 0.75);
    double length = random.in(7, 12);
    double width = random.in(6, 9);
    double middle = random.in(-0.5, 0.5) * half;
    double terrace = random.in(1.5, 4.5);
    double left = middle - length / 2 - random.in(-1, 2);
    double right = middle + length / 2 + random.in(-1, 2);
    world.ground(
        PAVED_AREA,
        GroundSurface.paving(random, noise),
        0,
        Outline.rectangle(left, wall - 3, right, wall + terrace));
    House.add(world, new World.Spot(middle, wall - width / 2, 0), length, width);

    if (random.chance(0.6)) { // a path into the garden
      double x = random.in(-0.6, 0.6) * half;
      boolean gravel = random.chance(0.6);
      double[] band = Outline.band(random, 0, random.in(1.2, 2.4), world.end(), random.in(0, 0.8));
      world.ground(
          gravel ? GRAVEL : PAVED_AREA,
          gravel ? GroundSurface.gravel(random, noise) : GroundSurface.paving(random, noise),
          0,
          Outline.moved(clipped(band, wall), x, 0, Math.PI / 2));
    }
    boundary(world, half * random.in(0.55, 0.95));
    if (random.chance(0.4)) {
      double a = random.in(3.5, 7);
      double b = random.in(2.2, 3.8);
      double y = wall + terrace + b / 2 + random.in(0.3, 1.5);
      double x = random.in(-0.4, 0.4) * half;
      Basin.pool(world, new World.Spot(x, y, 0), a, b);
    }
    beds(world, wall);
    Visitors.trees(world, 0.6, 0.12, GRASS, VEGETATION);
    for (int most = 3; most > 0 && random.chance(0.65); most--) {
      world.spot(1, PAVED_AREA, GRASS).ifPresent(spot -> Furniture.leisure(world, spot));
    }
    if (random.chance(0.4)) {
      world.spot(0.8, PAVED_AREA).ifPresent(spot -> Furniture.goods(world, spot));
    }
    if (random.chance(0.15)) {
      world.spot(1, GRASS, VEGETATION).ifPresent(spot -> Rocks.add(world, spot, 0.7));
    }
    Visitors.add(world, 0.5);
  }

  /** Keeps what lies beyond the wall; the band's x becomes the garden's y. */
  private static double[] clipped(double[] band, double wall) {
    double[] part = band.clone();
    for (int i = 0; i < part.length; i += 2) {
      part[i] = Math.max(part[i], wall);
    }
    return part;
  }

  private static void boundary(World world, double y) {
    SceneRandom random = world.random();
    double length = 3 * world.half();
    double kind = random.unit();
    World.Spot spot = new World.Spot(0, y, random.in(-0.1, 0.1));
    if (random.chance(0.5)) {
      double end = world.end();
      Shrubs.bed(world, 0, Outline.rectangle(-end, y + random.in(-1, 1), end, end), 40);
    }
    if (kind < 0.4) {
      Fence.add(world, spot, length);
    } else if (kind < 0.65) {
      Shrubs.hedge(world, spot, length);
    } else if (kind < 0.8) {
      Fence.wall(world, spot, length);
    }
  }

  private static void beds(World world, double wall) {
    SceneRandom random = world.random();
    double half = world.half();
    for (int most = 3; most > 0 && random.chance(0.7); most--) {
      double x = random.in(-0.9, 0.9) * half;
      double y = random.in(wall / half + 0.3, 0.9) * half;
      double a = random.in(1.4, 3.6);
      double b = random.in(1.1, 2.3);
      if (world.free(x, y, Math.min(a, b))) {
        double[] outline = Outline.blob(random, x, y, a, b, 0.12);
        if (random.chance(0.25)) {
          world.ground(DIRT, GroundSurface.soil(random, world.noise()), 0, outline);
        } else {
          Shrubs.bed(world, 0, outline, 6);
        }
      }
    }
  }
}
