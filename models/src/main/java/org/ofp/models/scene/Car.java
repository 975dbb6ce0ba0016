// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.CAR;

/** A parked car, heading along x. */
final class Car {
  static final double LENGTH = 4.4;
  static final double WIDTH = 1.9;

  private Car() {}

  /** Adds a car, or a van. */
  static void add(World world, World.Spot spot) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    Mesh mesh = world.mesh();
    world.take(spot.x(), spot.y(), spot.yaw(), LENGTH, WIDTH + 0.2);
    mesh.begin(spot.x(), spot.y(), spot.yaw(), random.in(0.92, 1.08));
    Colour colour =
        random.colour(
            0xE8E8E6, 0xC8CACC, 0x2A2A2C, 0x6A6C70, 0x8A2A2A, 0x2A4A7A, 0x4A5A48, 0xB8A070,
            0xC86030, 0xA83030, 0x2F5F9F, 0x9AA8B0, 0x3A3A40, 0x7A8A9A);
    Surface paint = lacquer(noise, colour, random.angle());
    Surface sill = Surface.plain(noise, colour.times(0.35), 0.05);
    Surface glass = lacquer(noise, Colour.of(0x222A30), random.angle());
    Surface rubber = Surface.plain(noise, Colour.of(0x1C1C1C), 0.1);
    Surface lamp = Surface.plain(noise, Colour.of(0xF0F0E0), 0.02);
    Surface tail = Surface.plain(noise, Colour.of(0xA01818), 0.02);
    boolean van = random.chance(0.2);
    double rear = van ? -1.98 : random.in(-1.7, -1.3);

    double[] body = Outline.rounded(0, 0, 2.15, 0.88, 0.35);
    mesh.slope(CAR, sill, 0.25, body, 0.6, body);
    double[] shoulder = Outline.rounded(0, 0, 2.1, 0.82, 0.35);
    mesh.slope(CAR, paint, 0.6, body, 0.82, shoulder);
    mesh.level(CAR, paint, 0.82, shoulder);
    for (int side = -1; side <= 1; side += 2) {
      for (double x : new double[] {-1.35, 1.35}) {
        mesh.box(CAR, rubber, x - 0.3, side * 0.9 - 0.08, 0, x + 0.3, side * 0.9 + 0.08, 0.55);
      }
      mesh.box(CAR, lamp, 1.9, side * 0.6 - 0.17, 0.82, 2.05, side * 0.6 + 0.17, 0.84);
      mesh.box(CAR, tail, -2.06, side * 0.62 - 0.15, 0.82, -1.95, side * 0.62 + 0.15, 0.84);
      mesh.box(CAR, paint, 0.62, side * 0.98 - 0.1, 0.85, 0.8, side * 0.98 + 0.1, 0.98);
    }
    // The cabin: glass all round, the roof a little smaller.
    double[] belt = {1.0, -0.76, 1.0, 0.76, rear, 0.76, rear, -0.76};
    double[] roof = {0.4, -0.6, 0.4, 0.6, rear + 0.35, 0.6, rear + 0.35, -0.6};
    double height = van ? 1.9 : 1.45;
    mesh.slope(CAR, glass, 0.82, belt, height, roof);
    mesh.level(CAR, paint, height, roof);
    if (!van && random.chance(0.3)) {
      mesh.level(CAR, glass, height + 0.01, Outline.rectangle(-0.45, -0.42, 0.15, 0.42));
    }
    for (int side = -1; side <= 1; side += 2) { // pillars
      beam(mesh, paint, 1.0, side * 0.76, 0.4, side * 0.6, height);
      beam(mesh, paint, rear, side * 0.76, rear + 0.35, side * 0.6, height);
    }
  }

  private static void beam(
      Mesh mesh, Surface paint, double x0, double y0, double x1, double y1, double height) {
    mesh.beam(CAR, paint, 0.1, x0, y0, 0.83, x1, y1, height + 0.01);
  }

  /** Sheet that mirrors the sky here and there. */
  private static Surface lacquer(Noise noise, Colour colour, double where) {
    Colour sky = Colour.of(0xC8D4E0);
    return (u, v, shade) -> {
      double gloss = Math.max(0, noise.octaves(0.7 * u + where, 0.9 * v, 2));
      shade.mix(colour, sky, 0.35 * gloss, 1);
    };
  }
}
