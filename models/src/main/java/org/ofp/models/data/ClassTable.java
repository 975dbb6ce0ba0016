// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.OptionalInt;
import org.ofp.models.image.ClassPalette;

/**
 * What the values and colours of masks mean.
 *
 * @param classes in the order of their values
 * @param ignored colour (0xRRGGBB) of the pixels that count for nothing, if the table has such a
 *     row; their value in masks of indices is the number of classes, or 255
 */
record ClassTable(ClassPalette classes, OptionalInt ignored) {
  /** The classes of the Semantic Drone Dataset: 23, and the row that is ignored. */
  static final ClassTable DRONE = new ClassTable(ClassPalette.DRONE, OptionalInt.of(0xFF0000));
}
