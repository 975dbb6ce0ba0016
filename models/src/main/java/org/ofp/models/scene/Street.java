// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DIRT;
import static org.ofp.models.scene.SceneClass.GRASS;
import static org.ofp.models.scene.SceneClass.GRAVEL;
import static org.ofp.models.scene.SceneClass.PAVED_AREA;
import static org.ofp.models.scene.SceneClass.VEGETATION;

/** A road along x with cars beside its kerb, footways, verges, houses. */
final class Street implements Setting {
  @Override
  public void build(World world) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double half = world.half();
    double base = random.unit();
    if (base < 0.6) {
      world.ground(GRASS, GroundSurface.turf(random, noise));
    } else if (base < 0.8) {
      world.ground(GRAVEL, GroundSurface.gravel(random, noise));
    } else {
      world.ground(DIRT, GroundSurface.soil(random, noise));
    }
    double middle = random.in(-0.45, 0.45) * half;
    double road = random.in(4.5, 6.5);
    road(world, middle, road);

    double far = middle + road / 2;
    double near = middle - road / 2;
    verge(world, far, 1);
    verge(world, near, -1);
    for (int side = -1; side <= 1; side += 2) {
      cars(world, middle + side * (road / 2 - 1.15));
    }
    Visitors.trees(world, 0.6, 0.12, GRASS, DIRT, GRAVEL, VEGETATION);
    for (int most = 3; most > 0 && random.chance(0.5); most--) {
      world
          .spot(0.5, GRASS, DIRT, GRAVEL)
          .ifPresent(spot -> Shrubs.add(world, spot, random.in(0.4, 0.8)));
    }
    if (random.chance(0.6)) {
      world.spot(0.9, PAVED_AREA, GRAVEL).ifPresent(spot -> Furniture.goods(world, spot));
    }
    Visitors.add(world, 0.55);
  }

  /** Asphalt or setts with kerbs, and a broken line. */
  private static void road(World world, double y, double width) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double half = world.half();
    double end = world.end();
    boolean setts = random.chance(0.25);
    Surface kerb = Surface.plain(noise, random.colour(0xA8A6A2, 0x8A8884, 0xB8B2A8), 0.3);
    double w = width / 2;
    world.ground(PAVED_AREA, kerb, 0, Outline.rectangle(-end, y - w - 0.18, end, y + w + 0.18));
    world.ground(
        PAVED_AREA,
        setts ? GroundSurface.bricks(random, noise) : GroundSurface.asphalt(random, noise),
        0,
        Outline.rectangle(-end, y - w, end, y + w));
    if (!setts && random.chance(0.6)) {
      Surface line = Surface.plain(noise, Colour.of(0xD8D6D0), 0.5);
      double offset = random.in(0, 3);
      world.mesh().begin(0, 0, 0);
      for (int i = -8; i <= 8; i++) {
        double x = 3 * i + offset;
        if (Math.abs(x) < 2 * half) {
          double[] dash = Outline.rectangle(x, y - 0.07, x + 1.5, y + 0.07);
          world.mesh().level(PAVED_AREA, line, 0.03, dash);
        }
      }
    }
  }

  /**
   * What lies beside the road: a footway or not, then gravel, grass, or a front garden with a
   * house.
   */
  private static void verge(World world, double edge, int side) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double end = world.end();
    double out = edge + side * 0.15; // over the kerb's edge, so that no seam is left
    if (random.chance(0.7)) {
      double width = random.in(1.5, 2.6);
      Surface slabs =
          random.chance(0.5)
              ? GroundSurface.slabs(random, noise)
              : GroundSurface.bricks(random, noise);
      world.ground(PAVED_AREA, slabs, 0, Outline.rectangle(-end, out, end, out + side * width));
      out += side * (width - 0.03);
    }
    double kind = random.unit();
    double strip = random.in(1.5, 4);
    double[] beside = Outline.rectangle(-end, out, end, out + side * strip);
    if (kind < 0.2) {
      world.ground(GRAVEL, GroundSurface.gravel(random, noise), 0, beside);
    } else if (kind < 0.3) {
      world.ground(DIRT, GroundSurface.soil(random, noise), 0, beside);
    } else if (kind < 0.58) {
      Shrubs.bed(world, 0, beside, 60);
    } else if (kind < 0.71) {
      World.Spot spot = new World.Spot(0, out + side * 0.5, 0);
      Fence.add(world, spot, 3 * world.half());
    } else if (kind < 0.8) {
      Fence.wall(world, new World.Spot(0, out + side * 0.4, 0), 3 * world.half());
    } else if (kind < 0.9) {
      Shrubs.hedge(world, new World.Spot(0, out + side * 0.7, 0), 3 * world.half());
    }
    double room = side * world.half() * 1.1 - (out + side * 1.5);
    if (side * room > 0 && random.chance(0.75)) {
      double width = random.in(6, 8);
      double y = out + side * (random.in(0.8, 2.0) + width / 2);
      double x = random.in(-0.6, 0.6) * world.half();
      House.add(world, new World.Spot(x, y, 0), random.in(8, 12), width);
    }
  }

  private static void cars(World world, double y) {
    SceneRandom random = world.random();
    double x = -world.half() + random.in(0, 3);
    while (x < world.half()) {
      if (random.chance(0.3)) {
        double yaw = (random.chance(0.5) ? 0 : Math.PI) + random.in(-0.06, 0.06);
        Car.add(world, new World.Spot(x, y, yaw));
      }
      x += Car.LENGTH + random.in(0.7, 2.5);
    }
  }
}
