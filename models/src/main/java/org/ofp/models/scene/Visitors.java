// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DIRT;
import static org.ofp.models.scene.SceneClass.GRASS;
import static org.ofp.models.scene.SceneClass.GRAVEL;
import static org.ofp.models.scene.SceneClass.PAVED_AREA;

/** Who and what turns up in any setting, where there is room. */
final class Visitors {
  private static final SceneClass[] OPEN = {PAVED_AREA, GRASS, GRAVEL, DIRT};

  private Visitors() {}

  static void add(World world, double people) {
    SceneRandom random = world.random();
    for (int most = 4; most > 0 && random.chance(people); most--) {
      world.spot(0.5, OPEN).ifPresent(spot -> Person.add(world, spot));
    }
    if (random.chance(0.1)) {
      world.spot(0.7, OPEN).ifPresent(spot -> Dog.add(world, spot));
    }
    if (random.chance(0.13)) {
      world.spot(1, OPEN).ifPresent(spot -> Bicycle.add(world, spot));
    }
    if (random.chance(0.12)) {
      world.spot(0.7, OPEN).ifPresent(spot -> Marker.add(world, spot));
    }
    if (random.chance(0.12)) {
      Skid.add(world);
    }
  }

  /** Leafy and bare trees on some ground. */
  static void trees(World world, double leafy, double bare, SceneClass... grounds) {
    SceneRandom random = world.random();
    for (int most = 4; most > 0 && random.chance(leafy); most--) {
      world.spot(1, grounds).ifPresent(spot -> Tree.add(world, spot));
    }
    if (random.chance(bare)) {
      world.spot(1, grounds).ifPresent(spot -> Tree.addBald(world, spot));
    }
  }
}
