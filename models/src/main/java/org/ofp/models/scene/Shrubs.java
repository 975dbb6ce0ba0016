// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.VEGETATION;

/** Bushes, beds and hedges. */
final class Shrubs {
  private Shrubs() {}

  /** A single bush; some are in bloom. */
  static void add(World world, World.Spot spot, double radius) {
    SceneRandom random = world.random();
    world.mesh().begin(spot.x(), spot.y(), spot.yaw());
    bush(world, 0, 0, radius, random.colour(PlantSurface.LEAVES));
  }

  private static void bush(World world, double x, double y, double radius, Colour colour) {
    SceneRandom random = world.random();
    double height = radius * random.in(0.9, 1.4);
    Foliage.dome(world, VEGETATION, colour, x, y, 0.05, radius, height);
    if (random.chance(0.3)) {
      Surface blossom = Surface.plain(world.noise(), random.colour(PlantSurface.BLOSSOM), 0.1);
      int count = (int) (30 * radius);
      for (int i = 0; i < count; i++) {
        double angle = random.angle();
        double out = Math.sqrt(random.unit());
        double up = Math.sqrt(1 - out * out);
        world
            .mesh()
            .level(
                VEGETATION,
                blossom,
                0.2 + 1.02 * height * up,
                Outline.ellipse(
                    x + out * radius * StrictMath.cos(angle),
                    y + out * radius * StrictMath.sin(angle),
                    0.08,
                    0.08,
                    6));
      }
    }
  }

  /** A patch of low plants with bushes in it. */
  static void bed(World world, double direction, double[] outline, int bushes) {
    SceneRandom random = world.random();
    world.ground(VEGETATION, GroundSurface.plants(random, world.noise()), direction, outline);
    double lowX = Double.POSITIVE_INFINITY;
    double highX = Double.NEGATIVE_INFINITY;
    double lowY = Double.POSITIVE_INFINITY;
    double highY = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < outline.length; i += 2) {
      lowX = Math.min(lowX, outline[i]);
      highX = Math.max(highX, outline[i]);
      lowY = Math.min(lowY, outline[i + 1]);
      highY = Math.max(highY, outline[i + 1]);
    }
    for (int i = 0; i < bushes; i++) {
      double x = random.in(lowX, highX);
      double y = random.in(lowY, highY);
      double radius = random.in(0.3, 0.7);
      if (Outline.contains(outline, x, y) && world.free(x, y, radius)) {
        world.take(x, y, radius);
        add(world, new World.Spot(x, y, random.angle()), radius);
      }
    }
  }

  /** A clipped hedge about a point. */
  static void hedge(World world, World.Spot spot, double length) {
    SceneRandom random = world.random();
    double width = random.in(0.7, 1.2);
    double height = random.in(0.8, 1.5);
    world.take(spot.x(), spot.y(), spot.yaw(), length, width);
    Mesh mesh = world.mesh();
    mesh.begin(spot.x(), spot.y(), spot.yaw());
    Colour colour = random.colour(PlantSurface.LEAVES);
    double[] outline = Outline.rectangle(-length / 2, -width / 2, length / 2, width / 2);
    Surface leaves = PlantSurface.leaves(world.noise(), colour.times(0.6));
    mesh.prism(VEGETATION, leaves, leaves, 0, height, outline);
    int count = (int) (length * width * 28);
    Surface[] shades = new Surface[5];
    for (int i = 0; i < shades.length; i++) {
      shades[i] = PlantSurface.leaves(world.noise(), colour.times(random.in(0.6, 1.4)));
    }
    for (int i = 0; i < count; i++) {
      double x = random.in(-0.5, 0.5) * length;
      double y = random.in(-0.5, 0.5) * width;
      double z = height + random.in(0, 0.08);
      double[] tuft = Outline.ellipse(x, y, random.in(0.06, 0.16), random.in(0.06, 0.16), 5);
      mesh.level(VEGETATION, shades[i % shades.length], z, tuft);
    }
  }
}
