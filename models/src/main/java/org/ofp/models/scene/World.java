// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A scene while it is built: its ground, what stands on it, and where there is room. */
final class World {
  /** Higher patches of ground lie on lower ones; the steps are too small to be seen. */
  private static final double STEP = 0.002;

  private static final int ATTEMPTS = 24;

  /** A place with a heading. */
  record Spot(double x, double y, double yaw) {
    /** The same place, headed elsewhere. */
    Spot headed(double direction) {
      return new Spot(x, y, direction);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Patch(SceneClass label, double[] outline) {}

  private record Taken(double x, double y, double radius) {}

  private final SceneRandom random;
  private final Noise noise;
  private final Camera camera;
  private final Mesh mesh = new Mesh();
  private final List<Patch> patches = new ArrayList<>();
  private final List<Taken> taken = new ArrayList<>();
  private final double[] point = new double[3];

  World(SceneRandom random, Noise noise, Camera camera) {
    this.random = random;
    this.noise = noise;
    this.camera = camera;
  }

  SceneRandom random() {
    return random;
  }

  Noise noise() {
    return noise;
  }

  Camera camera() {
    return camera;
  }

  Mesh mesh() {
    return mesh;
  }

  /** Half the width of the ground that is seen, in metres. */
  double half() {
    return camera.groundWidth() / 2;
  }

  /**
   * Metres to the end of the ground: beyond what the camera sees, but all of it before the lens.
   */
  double end() {
    return 4.4 * half();
  }

  /** Nothing is higher than this, in metres. */
  double ceiling() {
    return 0.42 * camera.altitude();
  }

  /** Lays ground all over. */
  void ground(SceneClass label, Surface surface) {
    ground(label, surface, 0, Outline.rectangle(-end(), -end(), end(), end()));
  }

  /** Lays a patch of ground over what is there; its texture runs along a direction. */
  void ground(SceneClass label, Surface surface, double direction, double[] outline) {
    mesh.begin(0, 0, direction);
    mesh.level(label, surface, STEP * patches.size(), Outline.moved(outline, 0, 0, -direction));
    patches.add(new Patch(label, outline));
  }

  /** The class of the ground at a point. */
  SceneClass groundAt(double x, double y) {
    for (int i = patches.size() - 1; i >= 0; i--) {
      if (Outline.contains(patches.get(i).outline(), x, y)) {
        return patches.get(i).label();
      }
    }
    return SceneClass.UNLABELED;
  }

  /** Takes room, free or not. */
  void take(double x, double y, double radius) {
    taken.add(new Taken(x, y, radius));
  }

  /** Takes a rectangle about a point. */
  void take(double x, double y, double yaw, double length, double width) {
    double radius = width / 2;
    int count = 1 + (int) Math.ceil(Math.max(0, length - width) / Math.max(radius, 0.1));
    for (int i = 0; i < count; i++) {
      double along = count == 1 ? 0 : (length - width) * ((double) i / (count - 1) - 0.5);
      take(x + along * StrictMath.cos(yaw), y + along * StrictMath.sin(yaw), radius * 1.1);
    }
  }

  /** Whether nothing has been put there. */
  boolean free(double x, double y, double radius) {
    return taken.stream()
        .noneMatch(
            t -> {
              double dx = t.x() - x;
              double dy = t.y() - y;
              double room = t.radius() + radius;
              return dx * dx + dy * dy < room * room;
            });
  }

  /** Finds a free place in view on some ground and takes it. */
  Optional<Spot> spot(double radius, SceneClass... grounds) {
    List<SceneClass> wanted = Arrays.asList(grounds);
    for (int i = 0; i < ATTEMPTS; i++) {
      double yaw = random.angle();
      camera.locate(random.in(0.05, 0.95), random.in(0.05, 0.95), nearnessOfGround(), point);
      double x = point[0];
      double y = point[1];
      if (wanted.contains(groundAt(x, y)) && free(x, y, radius)) {
        take(x, y, radius);
        return Optional.of(new Spot(x, y, yaw));
      }
    }
    return Optional.empty();
  }

  private double nearnessOfGround() {
    camera.project(0, 0, 0, point);
    return point[2];
  }
}
