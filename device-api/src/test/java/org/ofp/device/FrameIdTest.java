// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameIdTest {
  private static final int[] LAYERS = {0, 1, 2, 7, 4095};
  private static final int[] IMAGES = {0, 1, 5, (1 << 20) - 1};
  private static final int[] TILES = {0, 1, 2, 1023, (1 << 17) - 1};
  private static final int[] SLICES = {0, 1, 63, (1 << 14) - 1};

  @Test
  void differentFramesHaveDifferentIds() {
    Set<Long> ids = new HashSet<>();
    int count = 0;
    for (int layer : LAYERS) {
      for (int image : IMAGES) {
        for (int tile : TILES) {
          for (int slice : SLICES) {
            ids.add(FrameId.of(layer, image, false, tile, slice));
            ids.add(FrameId.of(layer, image, true, tile, slice));
            count += 2;
          }
        }
      }
    }
    assertEquals(count, ids.size());
  }

  @Property
  void idsDifferWhenOneFieldDoes(
      @ForAll @IntRange(max = 4095) int layer,
      @ForAll @IntRange(max = (1 << 20) - 1) int image,
      @ForAll boolean inverse,
      @ForAll @IntRange(max = (1 << 17) - 1) int tile,
      @ForAll @IntRange(max = (1 << 14) - 1) int slice) {
    long id = FrameId.of(layer, image, inverse, tile, slice);
    assertNotEquals(id, FrameId.of(layer ^ 1, image, inverse, tile, slice));
    assertNotEquals(id, FrameId.of(layer, image ^ 1, inverse, tile, slice));
    assertNotEquals(id, FrameId.of(layer, image, !inverse, tile, slice));
    assertNotEquals(id, FrameId.of(layer, image, inverse, tile ^ 1, slice));
    assertNotEquals(id, FrameId.of(layer, image, inverse, tile, slice ^ 1));
    // No field reaches into another's bits: the parts come back.
    assertEquals(layer, id >>> 52);
    assertEquals(image, id >>> 32 & 0xFFFFF);
    assertEquals(inverse, (id >>> 31 & 1) == 1);
    assertEquals(tile, id >>> 14 & 0x1FFFF);
    assertEquals(slice, id & 0x3FFF);
  }

  @Test
  void layersAndImagesWrapAround() {
    assertEquals(FrameId.of(1, 3, false, 0, 0), FrameId.of(4097, 3 + (1L << 20), false, 0, 0));
    assertTrue(FrameId.of(5000, Long.MAX_VALUE, true, 0, 0) != 0);
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> FrameId.of(-1, 0, false, 0, 0), "layer -1");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> FrameId.of(0, -1, false, 0, 0), "image -1");
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () -> FrameId.of(0, 0, false, 1 << 17, 0),
        "tile 131072",
        "131071");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> FrameId.of(0, 0, false, -1, 0), "tile -1");
    assertFails(
        ErrorCode.INVALID_ARGUMENT, () -> FrameId.of(0, 0, false, 0, 1 << 14), "slice 16384");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> FrameId.of(0, 0, false, 0, -1), "slice -1");
  }
}
