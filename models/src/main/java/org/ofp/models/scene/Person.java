// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.PERSON;

/** Someone who stands or walks, a quarter larger than life, that a small picture shows them. */
final class Person {
  private static final double SIZE = 1.25;

  private static final int[] CLOTHES = {
    0xC83030, 0x3050A0, 0xE0E0E0, 0x2A2A30, 0x4A6A3A, 0xD0B040, 0x8A5A8A, 0x808488, 0x6A4A38,
    0xE08040, 0x5A8AB0, 0xB0A890
  };
  private static final int[] SKIN = {0xD8A888, 0xC08A68, 0x8A5A40, 0xE0B89A};
  private static final int[] HAIR = {0x2A1E18, 0x4A3424, 0x8A6A40, 0xC0A060, 0x9A9490, 0xC84030};

  private Person() {}

  static void add(World world, World.Spot spot) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    Mesh mesh = world.mesh();
    mesh.begin(spot.x(), spot.y(), spot.yaw(), SIZE * random.in(0.9, 1.08));
    Surface shirt = Surface.plain(noise, random.colour(CLOTHES), 0.15);
    Surface trousers = Surface.plain(noise, random.colour(CLOTHES), 0.15);
    Surface skin = Surface.plain(noise, random.colour(SKIN), 0.05);
    Surface hair = Surface.plain(noise, random.colour(HAIR), 0.15);
    Surface shoes = Surface.plain(noise, Colour.of(0x2A2A2A), 0.05);

    double stride = random.in(0, 0.28);
    for (int side = -1; side <= 1; side += 2) {
      double x = side * stride;
      double y = side * 0.12;
      double[] foot = Outline.rectangle(x - 0.12, y - 0.06, x + 0.18, y + 0.06);
      mesh.prism(PERSON, shoes, shoes, 0, 0.1, foot);
      double[] ankle = Outline.ellipse(x, y, 0.08, 0.07, 8);
      double[] hip = Outline.ellipse(0, y, 0.11, 0.1, 8);
      mesh.slope(PERSON, trousers, 0.1, ankle, 0.85, hip);
    }
    double[] waist = Outline.ellipse(0, 0, 0.14, 0.2, 10);
    double[] chest = Outline.ellipse(0.02, 0, 0.16, 0.26, 10);
    double[] collar = Outline.ellipse(0, 0, 0.09, 0.17, 10);
    mesh.slope(PERSON, shirt, 0.82, waist, 1.28, chest);
    mesh.slope(PERSON, shirt, 1.28, chest, 1.45, collar);
    mesh.level(PERSON, shirt, 1.45, collar);
    for (int side = -1; side <= 1; side += 2) {
      double reach = random.in(-0.05, 0.4);
      double elbow = side * random.in(0.3, 0.42);
      mesh.beam(PERSON, shirt, 0.13, 0, side * 0.22, 1.4, reach / 2, elbow, 1.15);
      mesh.beam(PERSON, skin, 0.1, reach / 2, elbow, 1.15, reach, elbow, 1.0);
    }
    double[] neck = Outline.ellipse(0, 0, 0.08, 0.08, 8);
    double[] brow = Outline.ellipse(0.02, 0, 0.12, 0.1, 8);
    mesh.slope(PERSON, skin, 1.45, neck, 1.65, brow);
    mesh.dome(PERSON, hair, 0.01, 0, 1.65, 0.13, 0.11, 0.13);
    if (random.chance(0.2)) { // a hat
      mesh.level(PERSON, hair, 1.68, Outline.ellipse(0, 0, 0.26, 0.24, 12));
    }
    if (random.chance(0.25)) { // a rucksack
      Surface cloth = Surface.plain(noise, random.colour(CLOTHES), 0.1);
      mesh.box(PERSON, cloth, -0.36, -0.17, 0.95, -0.12, 0.17, 1.42);
    }
  }
}
