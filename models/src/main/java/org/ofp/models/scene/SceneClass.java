// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/** What a pixel shows; the order is that of {@link org.ofp.models.image.ClassPalette#DRONE}. */
enum SceneClass {
  UNLABELED,
  PAVED_AREA,
  DIRT,
  GRASS,
  GRAVEL,
  WATER,
  ROCKS,
  POOL,
  VEGETATION,
  ROOF,
  WALL,
  WINDOW,
  DOOR,
  FENCE,
  FENCE_POLE,
  PERSON,
  DOG,
  CAR,
  BICYCLE,
  TREE,
  BALD_TREE,
  AR_MARKER,
  OBSTACLE;

  /** Its index in a mask, and in the palette. */
  @SuppressWarnings("EnumOrdinal") // the order is the meaning
  byte label() {
    return (byte) ordinal();
  }
}
