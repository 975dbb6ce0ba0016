// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.DOOR;
import static org.ofp.models.scene.SceneClass.ROOF;
import static org.ofp.models.scene.SceneClass.WALL;
import static org.ofp.models.scene.SceneClass.WINDOW;

/**
 * A house: walls with doors and windows, which the camera sees where they lean away, and a roof.
 */
final class House {
  private static final double EAVES = 0.28;

  /** Walls end a little below the roof, so that they do not shine through. */
  private static final double CLEARANCE = 0.06;

  private final SceneRandom random;
  private final Noise noise;
  private final Mesh mesh;
  private final double a;
  private final double b;
  private final double height;

  private House(World world, double length, double width) {
    random = world.random();
    noise = world.noise();
    mesh = world.mesh();
    a = length / 2;
    b = width / 2;
    height = Math.min(random.in(2.9, 4.6), 0.72 * world.ceiling());
  }

  /**
   * Builds a house.
   *
   * @param spot its middle; its ridge is along the heading
   */
  static void add(World world, World.Spot spot, double length, double width) {
    world.take(spot.x(), spot.y(), spot.yaw(), length + 0.6, width + 0.6);
    House house = new House(world, length, width);
    Surface wall = BuildingSurface.wall(house.random, house.noise);
    house.walls(spot, wall);
    house.mesh.begin(spot.x(), spot.y(), spot.yaw());
    if (house.random.chance(0.25)) {
      house.flatRoof();
    } else {
      house.pitchedRoof(spot, world.ceiling(), wall);
    }
  }

  /** Each wall about its own middle, so that openings are placed alike in all. */
  private void walls(World.Spot spot, Surface surface) {
    Surface frame = Surface.plain(noise, random.colour(0xE8E6E0, 0x5A4A3C, 0x8A8A88), 0.05);
    Surface door = door();
    int doorWall = random.whole(0, 3);
    for (int side = 0; side < 4; side++) {
      double yaw = spot.yaw() + side * Math.PI / 2;
      double out = side % 2 == 0 ? b : a;
      double half = side % 2 == 0 ? a : b;
      double x = spot.x() + out * StrictMath.sin(yaw);
      double y = spot.y() - out * StrictMath.cos(yaw);
      mesh.begin(x, y, yaw);
      upright(WALL, surface, -half, half, 0, height - CLEARANCE, 0);
      openings(half, frame, door, side == doorWall || random.chance(0.4));
    }
  }

  /** Windows side by side, one of them a door. */
  private void openings(double half, Surface frame, Surface door, boolean withDoor) {
    int places = Math.max(1, (int) (2 * half / random.in(2.0, 2.8)));
    double pitch = 2 * half / places;
    int doorPlace = withDoor ? random.whole(0, places - 1) : -1;
    for (int i = 0; i < places; i++) {
      double middle = -half + (i + 0.5) * pitch;
      mesh.part();
      if (i == doorPlace) {
        upright(DOOR, door, middle - 0.55, middle + 0.55, 0, Math.min(2.15, height - 0.2), 0.05);
      } else if (random.chance(0.8)) {
        double w = random.in(0.55, 0.85);
        double top = Math.min(2.3, height - 0.45);
        upright(WINDOW, frame, middle - w, middle + w, 0.85, top, 0.04);
        Surface glass = glass();
        upright(WINDOW, glass, middle - w + 0.1, middle - 0.04, 0.95, top - 0.1, 0.06);
        upright(WINDOW, glass, middle + 0.04, middle + w - 0.1, 0.95, top - 0.1, 0.06);
      }
    }
  }

  private void upright(
      SceneClass label, Surface surface, double x0, double x1, double z0, double z1, double out) {
    mesh.polygon(label, surface, x0, -out, z0, x1, -out, z0, x1, -out, z1, x0, -out, z1);
  }

  private Surface door() {
    Colour colour = random.colour(0x7A4A30, 0x5A3A28, 0x3A5A48, 0x7A2A2A, 0xC8C4BC, 0x3A4A6A);
    return (u, v, shade) -> {
      boolean panel = Math.abs(u - Math.floor(u + 0.5)) < 0.36 && v - Math.floor(v) > 0.2;
      shade.set(colour, panel ? 0.8 : 1.15);
    };
  }

  private Surface glass() {
    Colour dark = random.colour(0x2A3238, 0x3A444C, 0x4A5660);
    Colour mirrored = Colour.of(0xA8B8C8);
    double share = random.in(0.1, 0.6);
    return (u, v, shade) -> shade.mix(dark, mirrored, share * (0.5 + noise.at(u, 1.5 * v)), 1);
  }

  private void flatRoof() {
    Surface cover = BuildingSurface.flatRoof(random, noise);
    Surface edge = Surface.plain(noise, random.colour(0xB8B6B2, 0x6A6A6A, 0x8A7A6A), 0.1);
    double[] outside = Outline.rectangle(-a - 0.25, -b - 0.25, a + 0.25, b + 0.25);
    double[] inside = Outline.rectangle(-a + 0.1, -b + 0.1, a - 0.1, b - 0.1);
    mesh.slope(ROOF, edge, height - 0.1, outside, height + 0.3, outside);
    mesh.level(ROOF, edge, height + 0.3, outside);
    mesh.level(ROOF, cover, height + 0.305, inside);
    for (int i = random.whole(0, 3); i > 0; i--) {
      double x = random.in(-0.7, 0.7) * a;
      double y = random.in(-0.7, 0.7) * b;
      mesh.box(ROOF, edge, x - 0.4, y - 0.4, height + 0.3, x + 0.4, y + 0.4, height + 0.65);
    }
  }

  private void pitchedRoof(World.Spot spot, double ceiling, Surface wall) {
    double ridge = Math.min(height + random.in(0.45, 0.75) * b, ceiling);
    double drop = (ridge - height) / b * EAVES;
    double low = height - drop;
    double hip = random.chance(0.4) ? random.in(0.5, 0.9) * Math.min(a, b) : -EAVES;
    double x = a + EAVES;
    double y = b + EAVES;
    double end = a - hip;
    if (hip < 0) {
      gables(wall, ridge - CLEARANCE);
    }
    mesh.begin(spot.x(), spot.y(), spot.yaw());
    Surface cover = BuildingSurface.pitchedRoof(random, noise);
    mesh.polygon(ROOF, cover, -x, -y, low, x, -y, low, end, 0, ridge, -end, 0, ridge);
    mesh.polygon(ROOF, cover, x, y, low, -x, y, low, -end, 0, ridge, end, 0, ridge);
    if (hip > 0) {
      mesh.polygon(ROOF, cover, x, -y, low, x, y, low, end, 0, ridge);
      mesh.polygon(ROOF, cover, -x, y, low, -x, -y, low, -end, 0, ridge);
    }
    Surface capping = Surface.plain(noise, random.colour(0x7A4A3C, 0x5A5658, 0x8A8886), 0.2);
    mesh.beam(ROOF, capping, 0.3, -end, 0, ridge + 0.03, end, 0, ridge + 0.03);
    onRoof(ridge, low, Math.min(a, end));
  }

  private void gables(Surface wall, double top) {
    double foot = height - CLEARANCE;
    for (int side = -1; side <= 1; side += 2) {
      double x = side * a;
      mesh.polygon(WALL, wall, x, -b, foot, x, b, foot, x, 0, top);
    }
  }

  /**
   * Chimney, skylights, solar panels.
   *
   * @param end of the ridge
   */
  private void onRoof(double ridge, double low, double end) {
    double fall = (ridge - low) / (b + EAVES);
    if (random.chance(0.7)) {
      double x = random.in(-0.6, 0.6) * end;
      double y = random.in(-0.4, 0.4) * b;
      Surface stone = BuildingSurface.masonry(random, noise);
      double top = ridge + 0.45;
      mesh.box(ROOF, stone, x - 0.35, y - 0.3, ridge - fall * b, x + 0.35, y + 0.3, top);
      Surface soot = Surface.plain(noise, Colour.of(0x2A2624), 0.1);
      mesh.box(ROOF, soot, x - 0.2, y - 0.15, top, x + 0.2, y + 0.15, top + 0.02);
    }
    boolean solar = random.chance(0.2);
    int count = solar ? random.whole(2, 4) : random.whole(0, 2);
    double first = random.in(-0.9, 0.2) * end;
    int side = random.sign();
    Surface panel = solar ? cells() : glass();
    Surface frame = Surface.plain(noise, Colour.of(0xC8C8C4), 0.05);
    for (int i = 0; i < count && first + 1.25 * i + 1.1 < end; i++) {
      mesh.part();
      double x = first + 1.25 * i;
      SceneClass label = solar ? ROOF : WINDOW;
      double near = side * 0.3 * b;
      double far = side * Math.min(0.3 * b + 1.5, 0.85 * b);
      tile(label, frame, x, x + 1.1, near, far, ridge - fall * 0.3 * b + 0.05, fall, 0);
      tile(label, panel, x, x + 1.1, near, far, ridge - fall * 0.3 * b + 0.05, fall, 0.1);
    }
  }

  private void tile(
      SceneClass label,
      Surface surface,
      double x0,
      double x1,
      double near,
      double far,
      double z,
      double fall,
      double inset) {
    double side = Math.signum(far);
    double y0 = near + side * inset;
    double y1 = far - side * inset;
    double z0 = z - fall * inset + inset * 0.1;
    double z1 = z - fall * Math.abs(y1 - near) + inset * 0.1;
    double left = x0 + inset;
    double right = x1 - inset;
    mesh.polygon(label, surface, left, y0, z0, right, y0, z0, right, y1, z1, left, y1, z1);
  }

  private static Surface cells() {
    Colour blue = Colour.of(0x26344E);
    return (u, v, shade) -> {
      double line = Math.max(shade.line(u * 4 % 1, 0.1), shade.line(v * 4 % 1, 0.1));
      shade.set(blue, 1 + 2 * line);
    };
  }
}
