// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DOG;

/** A large dog, heading along x, half as large again as in life. */
final class Dog {
  private static final double SIZE = 1.5;

  private Dog() {}

  static void add(World world, World.Spot spot) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    Mesh mesh = world.mesh();
    mesh.begin(spot.x(), spot.y(), spot.yaw(), SIZE * random.in(0.9, 1.1));
    Colour colour = random.colour(0x5A3A22, 0x9A7448, 0x2A2420, 0xD0C4B0, 0x7A5A40, 0xB08A58);
    Colour other = random.chance(0.4) ? Colour.of(0xE0DCD4) : colour.times(0.6);
    Surface coat =
        (u, v, shade) -> {
          double patch = noise.at(4 * u + 20, 4 * v) > 0.25 ? 1 : 0;
          shade.mix(colour, other, patch, 1 + 0.2 * noise.at(20 * u, 20 * v));
        };
    Surface dark = Surface.plain(noise, colour.times(0.5), 0.1);
    for (int side = -1; side <= 1; side += 2) {
      for (double x : new double[] {-0.28, 0.28}) {
        double[] paw = Outline.ellipse(x + 0.06, side * 0.11, 0.06, 0.05, 6);
        double[] hip = Outline.ellipse(x, side * 0.1, 0.08, 0.07, 6);
        mesh.slope(DOG, coat, 0, paw, 0.35, hip);
      }
    }
    double[] belly = Outline.ellipse(0, 0, 0.42, 0.13, 12);
    double[] flanks = Outline.ellipse(0, 0, 0.45, 0.17, 12);
    mesh.slope(DOG, coat, 0.3, belly, 0.45, flanks);
    mesh.dome(DOG, coat, 0, 0, 0.45, 0.45, 0.17, 0.14);
    double turn = random.in(-0.1, 0.1);
    mesh.dome(DOG, coat, 0.52, turn, 0.5, 0.16, 0.13, 0.2);
    mesh.dome(DOG, dark, 0.7, 1.3 * turn, 0.5, 0.12, 0.07, 0.1);
    mesh.dome(DOG, dark, 0.48, turn + 0.13, 0.62, 0.08, 0.05, 0.05);
    mesh.dome(DOG, dark, 0.48, turn - 0.13, 0.62, 0.08, 0.05, 0.05);
    mesh.beam(DOG, coat, 0.09, -0.42, 0, 0.52, -0.78, random.in(-0.2, 0.2), 0.6);
  }
}
