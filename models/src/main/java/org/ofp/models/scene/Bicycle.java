// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.BICYCLE;

/**
 * A bicycle that lies on its side or leans far over. Its wheels are discs with spokes painted on,
 * and its tubes are thick: what is thinner than a pixel cannot be labelled.
 */
final class Bicycle {
  private static final double SIZE = 1.25;
  private static final double WHEEL = 0.35;

  /** Of either wheel, along the bicycle from its middle. */
  private static final double AXLE = 0.55;

  private final Mesh mesh;
  private final double up;
  private final double out;

  private Bicycle(Mesh mesh, double lean) {
    this.mesh = mesh;
    up = StrictMath.cos(lean);
    out = StrictMath.sin(lean);
  }

  static void add(World world, World.Spot spot) {
    SceneRandom random = world.random();
    Noise noise = world.noise();
    double size = SIZE * random.in(0.95, 1.1);
    world.mesh().begin(spot.x(), spot.y(), spot.yaw(), size);
    Bicycle bicycle = new Bicycle(world.mesh(), random.in(0.95, 1.45));
    Surface paint =
        Surface.plain(
            noise, random.colour(0xB02A2A, 0x2A5A9A, 0x202024, 0xD8D8D8, 0x3A8A5A, 0xE0A030), 0.1);
    Surface black = Surface.plain(noise, Colour.of(0x1A1A1A), 0.1);
    bicycle.wheel(AXLE, spokes(size));
    bicycle.wheel(-AXLE, spokes(size));
    bicycle.tube(paint, -0.55, WHEEL, -0.1, 0.4);
    bicycle.tube(paint, -0.55, WHEEL, -0.2, 0.85);
    bicycle.tube(paint, -0.1, 0.4, -0.22, 0.9);
    bicycle.tube(paint, -0.1, 0.4, 0.38, 0.8);
    bicycle.tube(paint, -0.2, 0.82, 0.38, 0.86);
    bicycle.tube(paint, 0.55, WHEEL, 0.36, 0.98);
    bicycle.tube(black, -0.4, 0.95, -0.08, 0.95);
    bicycle.handlebar(black);
  }

  /** A disc in the leaning plane. */
  private void wheel(double x, Surface surface) {
    double[] ring = Outline.ellipse(x, WHEEL, WHEEL, WHEEL, 16);
    double[] xyz = new double[ring.length / 2 * 3];
    for (int i = 0; i < ring.length / 2; i++) {
      xyz[3 * i] = ring[2 * i];
      xyz[3 * i + 1] = out * ring[2 * i + 1];
      xyz[3 * i + 2] = up * ring[2 * i + 1] + 0.03;
    }
    mesh.polygon(BICYCLE, surface, xyz);
  }

  private void tube(Surface surface, double x0, double h0, double x1, double h1) {
    mesh.beam(BICYCLE, surface, 0.085, x0, out * h0, up * h0 + 0.08, x1, out * h1, up * h1 + 0.08);
  }

  private void handlebar(Surface surface) {
    double y = out;
    double z = up + 0.1;
    mesh.beam(
        BICYCLE,
        surface,
        0.08,
        0.3,
        y - up * 0.28,
        z + out * 0.28,
        0.3,
        y + up * 0.28,
        Math.max(0.02, z - out * 0.28));
  }

  /** A dark tyre, a bright rim, spokes over a dim ground. */
  private static Surface spokes(double size) {
    Colour tyre = Colour.of(0x181818);
    Colour rim = Colour.of(0xB0B0B0);
    Colour ground = Colour.of(0x6A6862);
    return (u, v, shade) -> {
      // u runs along the bicycle in either sense, v across it likewise.
      double x = Math.abs(u) / size - AXLE;
      double y = Math.abs(v) / size - WHEEL;
      double radius = Math.sqrt(x * x + y * y);
      boolean spoke = Math.min(Math.abs(x), Math.abs(y)) < 0.03;
      shade.set(radius > 0.26 ? tyre : radius > 0.2 || spoke ? rim : ground, 1);
    };
  }
}
