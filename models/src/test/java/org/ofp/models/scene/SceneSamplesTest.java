// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.ofp.models.data.Samples;

class SceneSamplesTest {
  private static final int SIDE = 32;

  @Test
  void samplesAreTheScenes() {
    SceneGenerator generator = SceneGenerator.of(8, SceneOptions.of(SIDE));
    SceneSamples samples = new SceneSamples(generator, 10, 4);
    for (Samples some : new Samples[] {samples, samples.inMemory()}) {
      assertEquals(4, some.size());
      assertEquals(SIDE, some.side());
      assertEquals("scene 12", some.name(2));
      int[] rgb = new int[SIDE * SIDE];
      byte[] labels = new byte[SIDE * SIDE];
      for (int i = 0; i < 4; i++) {
        some.read(i, rgb, labels);
        assertArrayEquals(generator.scene(10 + i).rgb(), rgb);
        assertArrayEquals(generator.scene(10 + i).labels(), labels);
      }
      assertThrows(IndexOutOfBoundsException.class, () -> some.read(4, rgb, labels));
    }
    assertThrows(IllegalArgumentException.class, () -> new SceneSamples(generator, 0, -1));
  }
}
