// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** A kind of place, and how its things are arranged. */
interface Setting {
  /** Lays the ground and puts everything on it. */
  void build(World world);

  /** One of all kinds, some more often than others. */
  static Setting any(SceneRandom random) {
    double kind = random.unit();
    if (kind < 0.33) {
      return new Garden();
    }
    if (kind < 0.56) {
      return new Street();
    }
    if (kind < 0.74) {
      return new Park();
    }
    return kind < 0.88 ? new Yard() : new BuildingSite();
  }
}
