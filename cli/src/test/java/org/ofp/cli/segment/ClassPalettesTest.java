// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.ofp.models.image.ClassPalette;

class ClassPalettesTest {
  @Test
  void everyNumberOfClassesHasColoursOfItsOwn() {
    assertSame(ClassPalette.DRONE, ClassPalettes.of(23));
    for (int classes : new int[] {1, 2, 22, 256}) {
      ClassPalette palette = ClassPalettes.of(classes);
      assertEquals(classes, palette.size());
      assertEquals(
          classes, palette.classes().stream().map(ClassPalette.Entry::argb).distinct().count());
    }
  }
}
