// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.ofp.optconv.torch.Torch;

class MaxPoolTest {
  static {
    Torch.initialize();
  }

  @Test
  void unpoolingPutsTheMaximaBackToTheirPlaces() {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = square(4, 1, 7, 5, 2, 3, 7, 6, 9, 0, -1, -2, 0, 0, -4, -3);
      MaxPool.Pooled pooled = MaxPool.halfWithIndices(x);
      assertTrue(pooled.map().equal(square(4, 7, 9, -1)));
      assertTrue(MaxPool.half(x).equal(pooled.map()));
      // of the two equal ones the first
      Tensor expected = square(4, 0, 7, 0, 0, 0, 0, 0, 9, 0, -1, 0, 0, 0, 0, 0);
      assertTrue(MaxPool.unpool(pooled.map(), pooled.indices()).equal(expected));
      assertEquals(scope, PointerScope.getInnerScope());
    }
  }

  private static Tensor square(float... values) {
    int side = (int) Math.sqrt(values.length);
    return AbstractTensor.create(values, 1, 1, side, side);
  }
}
