// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** Sprays of leaves in space. */
final class Foliage {
  private static final int MOST = 260;

  private Foliage() {}

  /**
   * Covers the upper half of an ellipsoid with sprays of leaves, dense enough to hide what is
   * below, about the origin of the thing that is being built.
   */
  static void dome(
      World world,
      SceneClass label,
      Colour colour,
      double x,
      double y,
      double z,
      double radius,
      double height) {
    SceneRandom random = world.random();
    double spray = Math.max(0.16, Math.min(0.34, 0.22 * radius));
    int count = (int) Math.min(MOST, 5 * (radius / spray) * (radius / spray));
    Surface core = PlantSurface.leaves(world.noise(), colour.times(0.35));
    world.mesh().dome(label, core, x, y, z, 0.85 * radius, 0.85 * radius, 0.75 * height);
    Surface[] shades = new Surface[6];
    for (int i = 0; i < shades.length; i++) {
      Colour tint = colour.times(random.in(0.65, 1.45));
      shades[i] = PlantSurface.leaves(world.noise(), tint);
    }
    for (int i = 0; i < count; i++) {
      double up = random.unit();
      double out = Math.sqrt(1 - up * up);
      double angle = random.angle();
      double nx = out * StrictMath.cos(angle);
      double ny = out * StrictMath.sin(angle);
      double share = random.in(0.85, 1.04);
      spray(
          world,
          label,
          shades[i % shades.length],
          new double[] {x + nx * radius * share, y + ny * radius * share, z + up * height * share},
          new double[] {nx, ny, up},
          spray * random.in(0.7, 1.3));
    }
  }

  /** A ragged pentagon that looks away from the middle, more or less, and upwards. */
  private static void spray(
      World world, SceneClass label, Surface surface, double[] at, double[] out, double size) {
    SceneRandom random = world.random();
    double tiltX = 0.6 * out[0] + random.in(-0.5, 0.5);
    double tiltY = 0.6 * out[1] + random.in(-0.5, 0.5);
    double turn = random.angle();
    int corners = 5;
    double[] xyz = new double[3 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = turn + 2 * Math.PI * i / corners;
      double reach = size * random.in(0.6, 1.2);
      double dx = reach * StrictMath.cos(angle);
      double dy = reach * StrictMath.sin(angle);
      xyz[3 * i] = at[0] + dx;
      xyz[3 * i + 1] = at[1] + dy;
      xyz[3 * i + 2] = at[2] - tiltX * dx - tiltY * dy;
    }
    world.mesh().polygon(label, surface, xyz);
  }
}
