// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.ofp.models.scene.SceneClass.UNLABELED;

/** The drone's own landing gear, which reaches into the picture at its edge. */
final class Skid {
  private Skid() {}

  static void add(World world) {
    SceneRandom random = world.random();
    Camera camera = world.camera();
    Surface rubber = Surface.plain(world.noise(), random.colour(0x2A2A2C, 0x3A3A3C, 0x1E1E20), 0.2);
    boolean across = random.chance(0.5);
    boolean far = random.chance(0.5);
    double along = random.in(0.2, 0.8);
    double width = random.in(0.03, 0.06);
    double reach = random.in(0.12, 0.25);
    // In shares of the picture: a strut, and the foot at its end.
    double[] strut = {
      along - width, -0.1, along + width, -0.1, along + width, reach, along - width, reach
    };
    double[] foot = Outline.rounded(along, reach, 2.5 * width, 1.2 * width, 0.9 * width);
    world.mesh().begin(0, 0, 0);
    double[] point = new double[3];
    camera.project(0, 0, 0.7 * camera.altitude(), point);
    for (double[] part : new double[][] {strut, foot}) {
      double[] xyz = new double[part.length / 2 * 3];
      for (int i = 0; i < part.length / 2; i++) {
        double a = part[2 * i];
        double b = far ? 1 - part[2 * i + 1] : part[2 * i + 1];
        double[] at = new double[3];
        camera.locate(across ? b : a, across ? a : b, point[2], at);
        System.arraycopy(at, 0, xyz, 3 * i, 3);
      }
      world.mesh().polygon(UNLABELED, rubber, xyz);
    }
  }
}
