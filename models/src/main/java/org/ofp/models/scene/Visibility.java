// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.BitSet;
import java.util.List;

/**
 * Leaves out what is hardly seen: things of a few pixels, and classes of a few pixels. What lies
 * behind takes their place in picture and mask alike. Looked at in a small picture, whatever the
 * size of the one that is drawn, so that a scene is the same at all sizes.
 */
final class Visibility {
  /** Rows and columns of the small picture. */
  static final int SIDE = 128;

  /** Its pixels that a thing must cover, and a class. */
  private static final int LEAST_OF_THING = 14;

  static final int LEAST_OF_CLASS = 28;

  private static final int ROUNDS = 8;

  private static final double HIGHEST_GROUND = 0.04;

  /** The thing that was begun first lies under all others, and is its own first face. */
  private static final int GROUND = 0;

  private Visibility() {}

  /** Removes faces until nothing is too small. */
  static void clear(Mesh mesh, Camera camera) {
    Camera view = camera.on(SIDE);
    Raster raster = new Raster(SIDE, 0, SIDE);
    boolean changed = true;
    for (int round = 0; changed && round < ROUNDS; round++) {
      raster.draw(mesh.faces(), view);
      changed = removeFew(mesh, raster);
    }
  }

  private static boolean removeFew(Mesh mesh, Raster raster) {
    List<Face> faces = mesh.faces();
    int[] ofFace = new int[faces.size()];
    int[] ofThing = new int[mesh.objects()];
    int[] ofClass = new int[SceneClass.values().length];
    for (int i = 0; i < SIDE * SIDE; i++) {
      Face face = faces.get(raster.face(i));
      ofFace[raster.face(i)]++;
      ofThing[face.object()]++;
      ofClass[face.label().label()]++;
    }
    BitSet things = new BitSet();
    for (Face face : faces) {
      int seen = ofThing[face.object()];
      boolean rareClass = ofClass[face.label().label()] < LEAST_OF_CLASS;
      if (seen > 0 && face.object() != GROUND && (seen < LEAST_OF_THING || rareClass)) {
        things.set(face.object());
      }
    }
    if (things.isEmpty()
        && ofFace[GROUND] > 0
        && ofClass[faces.get(GROUND).label().label()] < LEAST_OF_CLASS) {
      mesh.ground(faces.get(mostSeenGround(faces, ofFace)));
      return true;
    }
    mesh.removeIf(face -> things.get(face.object()) || things.get(mesh.carrier(face.object())));
    return !things.isEmpty();
  }

  private static int mostSeenGround(List<Face> faces, int[] seen) {
    int best = GROUND;
    for (int i = 0; i < seen.length; i++) {
      if (seen[i] > seen[best]
          && faces.get(i).points()[2] < HIGHEST_GROUND
          && faces.get(i).normal()[2] == 1) {
        best = i;
      }
    }
    return best;
  }
}
