// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.BALD_TREE;
import static org.ofp.models.scene.SceneClass.TREE;

/** Trees with leaves and without. */
final class Tree {
  private Tree() {}

  /** A leafy tree or a conifer. */
  static void add(World world, World.Spot spot) {
    SceneRandom random = world.random();
    double height = Math.min(random.in(2.8, 6), world.ceiling());
    double radius = Math.min(random.in(0.9, 2.3), 0.5 * height);
    world.take(spot.x(), spot.y(), 0.35 * radius);
    world.mesh().begin(spot.x(), spot.y(), spot.yaw());
    if (random.chance(0.2)) {
      conifer(world, radius, height);
    } else {
      trunk(world, TREE, 0.5 * height, 0.14);
      Colour colour = random.colour(PlantSurface.CROWN);
      int bosses = random.whole(3, 6);
      double middle = 0.6 * height;
      Foliage.dome(world, TREE, colour, 0, 0, middle, radius, 0.4 * height);
      for (int i = 0; i < bosses; i++) {
        double angle = random.angle();
        double x = 0.6 * radius * StrictMath.cos(angle);
        double y = 0.6 * radius * StrictMath.sin(angle);
        double size = radius * random.in(0.4, 0.6);
        Foliage.dome(world, TREE, colour, x, y, middle * random.in(0.8, 1.05), size, size);
      }
    }
  }

  /** Tiers of boughs that get smaller, like a star from above. */
  private static void conifer(World world, double radius, double height) {
    SceneRandom random = world.random();
    Colour colour = random.colour(0x2F4A38, 0x3A5540, 0x486048, 0x4A6A70);
    int tiers = 7;
    for (int tier = 0; tier < tiers; tier++) {
      double share = 1 - (double) tier / tiers;
      int boughs = 9;
      double[] xyz = new double[6 * boughs];
      double turn = random.angle();
      double z = height * (1.05 - 0.9 * share);
      for (int i = 0; i < 2 * boughs; i++) {
        double reach = radius * share * (i % 2 == 0 ? random.in(0.85, 1.1) : 0.5);
        double angle = turn + Math.PI * i / boughs;
        xyz[3 * i] = reach * StrictMath.cos(angle);
        xyz[3 * i + 1] = reach * StrictMath.sin(angle);
        xyz[3 * i + 2] = z - 0.25 * reach / radius;
      }
      double gain = 0.55 + 0.5 * (1 - share);
      world.mesh().polygon(TREE, PlantSurface.leaves(world.noise(), colour.times(gain)), xyz);
    }
  }

  /** Bare boughs that fork twice. */
  static void addBald(World world, World.Spot spot) {
    SceneRandom random = world.random();
    world.take(spot.x(), spot.y(), 0.4);
    world.mesh().begin(spot.x(), spot.y(), spot.yaw());
    double height = Math.min(random.in(2.8, 4.5), world.ceiling());
    Surface bark = PlantSurface.bark(random, world.noise());
    trunk(world, BALD_TREE, 0.45 * height, 0.2);
    int boughs = random.whole(6, 8);
    double turn = random.angle();
    for (int i = 0; i < boughs; i++) {
      double angle = turn + 2 * Math.PI * (i + random.in(-0.25, 0.25)) / boughs;
      double length = random.in(0.4, 0.6) * height * 0.75;
      bough(world, bark, 0, 0, 0.4 * height, angle, length, height, 0.24);
    }
  }

  private static void bough(
      World world,
      Surface bark,
      double x,
      double y,
      double z,
      double angle,
      double length,
      double top,
      double width) {
    SceneRandom random = world.random();
    double x1 = x + length * StrictMath.cos(angle);
    double y1 = y + length * StrictMath.sin(angle);
    double z1 = z + (top - z) * random.in(0.35, 0.6);
    world.mesh().beam(BALD_TREE, bark, width, x, y, z, x1, y1, z1);
    if (width > 0.14) {
      for (int side = -1; side <= 1; side++) {
        double turned = angle + 0.7 * side * random.in(0.7, 1.2);
        bough(world, bark, x1, y1, z1, turned, length * random.in(0.5, 0.75), top, width - 0.06);
      }
    }
  }

  private static void trunk(World world, SceneClass label, double height, double radius) {
    Surface bark = PlantSurface.bark(world.random(), world.noise());
    double[] ring = Outline.ellipse(0, 0, radius, radius, 8);
    world.mesh().prism(label, bark, bark, 0, height, ring);
  }
}
