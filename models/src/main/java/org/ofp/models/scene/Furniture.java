// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.OBSTACLE;

/** What stands in a drone's way and is none of the other classes. */
final class Furniture {
  private static final int[] PLASTIC = {
    0x3A4A3C, 0x2A2A2C, 0x7A3A2A, 0x3A5A8A, 0xD0A030, 0x8A8C8E, 0xE0DCD4, 0x5A7A4A
  };
  private static final int[] TIMBER = {0x9A7A54, 0xB89468, 0x7A5C40, 0xC8AC84, 0x8A8278};

  private final SceneRandom random;
  private final Noise noise;
  private final Mesh mesh;

  private Furniture(World world, World.Spot spot) {
    random = world.random();
    noise = world.noise();
    mesh = world.mesh();
    mesh.begin(spot.x(), spot.y(), spot.yaw(), random.in(1.05, 1.3));
  }

  /** Something for a garden or a park; takes a metre about the spot. */
  static void leisure(World world, World.Spot spot) {
    Furniture furniture = new Furniture(world, spot);
    switch (furniture.random.whole(0, 3)) {
      case 0 -> furniture.tableAndChairs();
      case 1 -> furniture.parasol();
      case 2 -> furniture.bench();
      default -> furniture.trampoline();
    }
  }

  /** Something for a yard or a street. */
  static void goods(World world, World.Spot spot) {
    Furniture furniture = new Furniture(world, spot);
    switch (furniture.random.whole(0, 3)) {
      case 0 -> furniture.bins();
      case 1 -> furniture.crates();
      case 2 -> furniture.planks();
      default -> furniture.barrels();
    }
  }

  private void tableAndChairs() {
    Surface top = BuildingSurface.boards(random, noise);
    Surface leg = Surface.plain(noise, random.colour(TIMBER), 0.1);
    Surface seat = Surface.plain(noise, random.colour(PLASTIC), 0.1);
    boolean round = random.chance(0.4);
    double[] plate =
        round ? Outline.ellipse(0, 0, 0.6, 0.6, 18) : Outline.rounded(0, 0, 0.8, 0.45, 0.06);
    mesh.prism(OBSTACLE, leg, top, 0.68, 0.75, plate);
    mesh.box(OBSTACLE, leg, -0.08, -0.08, 0, 0.08, 0.08, 0.7);
    for (int side = -1; side <= 1; side += 2) {
      for (double x : round ? new double[] {0} : new double[] {-0.4, 0.4}) {
        double y = side * random.in(0.7, 0.85);
        mesh.box(OBSTACLE, seat, x - 0.22, y - 0.22, 0.38, x + 0.22, y + 0.22, 0.45);
        double back = y + side * 0.2;
        mesh.box(OBSTACLE, seat, x - 0.22, back - 0.04, 0.4, x + 0.22, back + 0.04, 0.9);
      }
    }
  }

  /** Eight segments, plain or in two colours. */
  private void parasol() {
    Colour one = random.colour(0xD8CCB0, 0xB03A30, 0x3A6A8A, 0xE0DCD0, 0x4A7A50);
    Colour two = random.chance(0.4) ? Colour.of(0xE8E6E0) : one;
    int segments = 8;
    double[] rim = Outline.ellipse(0, 0, 1.25, 1.25, segments);
    for (int i = 0, j = segments - 1; i < segments; j = i++) {
      Surface cloth = Surface.plain(noise, i % 2 == 0 ? one : two, 0.06);
      mesh.polygon(
          OBSTACLE,
          cloth,
          rim[2 * j],
          rim[2 * j + 1],
          2.0,
          rim[2 * i],
          rim[2 * i + 1],
          2.0,
          0,
          0,
          2.5);
    }
    Surface pole = Surface.plain(noise, Colour.of(0x8A8A88), 0.05);
    mesh.box(OBSTACLE, pole, -0.05, -0.05, 0, 0.05, 0.05, 2.45);
  }

  private void bench() {
    Surface wood = Surface.plain(noise, random.colour(TIMBER), 0.15);
    Surface iron = Surface.plain(noise, Colour.of(0x303030), 0.05);
    mesh.box(OBSTACLE, iron, -0.88, -0.22, 0.34, 0.88, 0.36, 0.37);
    for (int slat = 0; slat < 3; slat++) {
      double y = -0.24 + 0.17 * slat;
      mesh.box(OBSTACLE, wood, -0.9, y, 0.4, 0.9, y + 0.13, 0.45);
    }
    mesh.box(OBSTACLE, wood, -0.9, 0.3, 0.45, 0.9, 0.38, 0.95);
    for (int side = -1; side <= 1; side += 2) {
      mesh.box(OBSTACLE, iron, side * 0.75 - 0.05, -0.28, 0, side * 0.75 + 0.05, 0.36, 0.42);
    }
  }

  private void trampoline() {
    Surface pad = Surface.plain(noise, random.colour(0x3A6AA0, 0x4A8A4A, 0x8A3A6A, 0x2A8A8A), 0.1);
    Surface mat = Surface.plain(noise, Colour.of(0x222224), 0.1);
    mesh.prism(OBSTACLE, mat, pad, 0.5, 0.7, Outline.ellipse(0, 0, 1.2, 1.2, 20));
    mesh.level(OBSTACLE, mat, 0.71, Outline.ellipse(0, 0, 0.95, 0.95, 20));
  }

  private void bins() {
    int count = random.whole(1, 3);
    for (int i = 0; i < count; i++) {
      Colour colour = random.colour(PLASTIC);
      Surface body = Surface.plain(noise, colour, 0.08);
      Surface lid = Surface.plain(noise, random.colour(PLASTIC), 0.08);
      double x = 0.75 * (i - (count - 1) / 2.0);
      mesh.box(OBSTACLE, body, x - 0.29, -0.33, 0, x + 0.29, 0.33, 1.0);
      mesh.box(OBSTACLE, lid, x - 0.32, -0.36, 1.0, x + 0.32, 0.36, 1.07);
      mesh.box(OBSTACLE, body, x - 0.25, 0.28, 1.07, x + 0.25, 0.34, 1.1);
    }
  }

  private void crates() {
    int count = random.whole(2, 4);
    for (int i = 0; i < count; i++) {
      Surface boards = BuildingSurface.boards(random, noise);
      double x = random.in(-0.4, 0.4);
      double y = random.in(-0.4, 0.4);
      double half = random.in(0.3, 0.5);
      double z = i < 2 ? 0 : 0.6;
      mesh.box(OBSTACLE, boards, x - half, y - half, z, x + half, y + half, z + 0.6);
    }
  }

  /** A stack of planks or pipes. */
  private void planks() {
    boolean pipes = random.chance(0.3);
    Colour colour = pipes ? random.colour(0xC07040, 0x8A8C8E, 0x5A5C60) : random.colour(TIMBER);
    for (int layer = 0; layer < 3; layer++) {
      int count = 5 - layer;
      for (int i = 0; i < count; i++) {
        Surface wood = Surface.plain(noise, colour.times(random.in(0.75, 1.25)), 0.12);
        double y = 0.2 * (i - (count - 1) / 2.0);
        double shift = random.in(-0.15, 0.15);
        double z = 0.14 * layer;
        mesh.box(OBSTACLE, wood, -1.1 + shift, y - 0.09, z, 1.1 + shift, y + 0.09, z + 0.13);
      }
    }
  }

  private void barrels() {
    int count = random.whole(1, 3);
    for (int i = 0; i < count; i++) {
      Colour colour = random.colour(PLASTIC);
      Surface body = Surface.plain(noise, colour, 0.1);
      Surface top = Surface.plain(noise, colour.times(0.7), 0.1);
      double x = i == 1 ? 0.7 : 0;
      double y = i == 2 ? 0.7 : 0;
      mesh.prism(OBSTACLE, body, body, 0, 0.9, Outline.ellipse(x, y, 0.32, 0.32, 14));
      mesh.level(OBSTACLE, top, 0.905, Outline.ellipse(x, y, 0.26, 0.26, 14));
    }
  }
}
