// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ofp.optconv.torch.Torch;

class FloatTensorsTest {
  private static final float[] VALUES = {9, 1, 2, 3, 4, 5, 6, 9};

  @BeforeAll
  static void torch() {
    Torch.initialize();
  }

  @Test
  void valuesLieRowByRowFromTheOffsetOn() {
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = FloatTensors.of(VALUES, 1, 2, 3);
      assertArrayEquals(new long[] {2, 3}, tensor.shape());
      assertEquals(6, tensor.get(1).get(2).item_float());
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, FloatTensors.values(tensor));
    }
  }

  @Test
  void tooFewValuesAreRefused() {
    try (PointerScope scope = new PointerScope()) {
      assertThrows(IndexOutOfBoundsException.class, () -> FloatTensors.of(VALUES, 3, 2, 3));
    }
  }
}
