// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.ofp.models.image.ClassPalette;

/** Colours for any number of classes. */
public final class ClassPalettes {
  /** Hues a golden section apart are far from each other, however many there are. */
  private static final float GOLDEN_SECTION = 0.618034f;

  private ClassPalettes() {}

  /**
   * The article's palette where the number of classes is its own, else numbers and made colours.
   */
  public static ClassPalette of(int classes) {
    if (classes == ClassPalette.DRONE.size()) {
      return ClassPalette.DRONE;
    }
    List<ClassPalette.Entry> entries = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      float saturation = 0.5f + 0.25f * (i % 3);
      float brightness = 0.55f + 0.2f * (i / 3 % 3);
      entries.add(
          new ClassPalette.Entry(
              "class " + i, Color.HSBtoRGB(GOLDEN_SECTION * i, saturation, brightness)));
    }
    return new ClassPalette(entries);
  }
}
