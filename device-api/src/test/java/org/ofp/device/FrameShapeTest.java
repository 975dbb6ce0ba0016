// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameShapeTest {
  @ParameterizedTest
  @CsvSource({"0,1", "1,0", "-1,4", "32769,1", "1,32769", "32768,16385", "2147483647,2147483647"})
  void rejectsImpossibleSizes(int rows, int cols) {
    assertFails(
        ErrorCode.INVALID_ARGUMENT, () -> new FrameShape(rows, cols), rows + "×" + cols, "32768");
  }

  @Test
  void twoValuesAPixelStayWithinAnInt() {
    assertEquals(1 << 29, new FrameShape(32768, 16384).pixels());
    assertEquals(1 << 30, 2 * new FrameShape(16384, 32768).pixels());
  }

  @ParameterizedTest
  @CsvSource({"1,1,0,0", "2,3,1,1", "5,4,2,2", "512,7,256,3"})
  void theAxisIsThePixelAtHalfTheSize(int rows, int cols, int axisRow, int axisCol) {
    FrameShape shape = new FrameShape(rows, cols);
    assertEquals(axisRow, shape.axisRow());
    assertEquals(axisCol, shape.axisCol());
    assertEquals(rows + "×" + cols, shape.toString());
  }

  @Test
  void fitsByBothSides() {
    FrameShape shape = new FrameShape(8, 4);
    assertTrue(shape.fitsIn(shape));
    assertTrue(shape.fitsIn(new FrameShape(8, 5)));
    assertFalse(shape.fitsIn(new FrameShape(7, 4)));
    assertFalse(shape.fitsIn(new FrameShape(4, 8)));
  }
}
