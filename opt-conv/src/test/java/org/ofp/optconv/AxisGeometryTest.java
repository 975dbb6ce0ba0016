// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The phases' correlations against the definitions, with whole numbers: no tolerance. */
class AxisGeometryTest {
  private static final long SEED = 20261123;

  @Test
  void phasesGiveTheConvolution() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 2000; trial++) {
      int kernel = 1 + random.nextInt(7);
      int stride = 1 + random.nextInt(4);
      int dilation = 1 + random.nextInt(3);
      int padding = random.nextInt(6);
      int extent = dilation * (kernel - 1) + 1;
      int size = Math.max(1, extent - 2 * padding) + random.nextInt(20);
      int output = (size + 2 * padding - extent) / stride + 1;
      int maxExtent = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
      long[] x = random.longs(size, -9, 10).toArray();
      long[] w = random.longs(kernel, -9, 10).toArray();
      long[] expected = new long[output];
      boolean[] sees = new boolean[output];
      for (int o = 0; o < output; o++) {
        for (int i = 0; i < kernel; i++) {
          int from = o * stride + i * dilation - padding;
          if (from >= 0 && from < size) {
            expected[o] += w[i] * x[from];
            sees[o] = true;
          }
        }
      }
      AxisGeometry axis =
          AxisGeometry.convolution(size, output, kernel, stride, padding, dilation, maxExtent);
      String message = "seed " + SEED + ", trial " + trial + ": " + axis;
      assertEquals(string(expected), string(byPhases(axis, x, w)), message);
      assertEquals(string(sees), string(axis.seesInput()), message);
      assertTrue(axis.extent() <= maxExtent, message);
    }
  }

  @Test
  void phasesGiveTheTransposedConvolution() {
    Random random = new Random(SEED + 1);
    for (int trial = 0; trial < 2000; trial++) {
      int kernel = 1 + random.nextInt(7);
      int stride = 1 + random.nextInt(4);
      int dilation = 1 + random.nextInt(3);
      int extent = dilation * (kernel - 1) + 1;
      int size = 1 + random.nextInt(12);
      int padding = random.nextInt(6);
      int outputPadding = random.nextInt(Math.max(stride, dilation));
      int output = (size - 1) * stride - 2 * padding + extent + outputPadding;
      if (output < 1) {
        continue;
      }
      int maxExtent = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
      long[] x = random.longs(size, -9, 10).toArray();
      long[] w = random.longs(kernel, -9, 10).toArray();
      long[] expected = new long[output];
      boolean[] sees = new boolean[output];
      for (int from = 0; from < size; from++) {
        for (int i = 0; i < kernel; i++) {
          int o = from * stride + i * dilation - padding;
          if (o >= 0 && o < output) {
            expected[o] += w[i] * x[from];
            sees[o] = true;
          }
        }
      }
      AxisGeometry axis =
          AxisGeometry.transposed(size, output, kernel, stride, padding, dilation, maxExtent);
      String message = "seed " + (SEED + 1) + ", trial " + trial + ": " + axis;
      assertEquals(string(expected), string(byPhases(axis, x, w)), message);
      assertEquals(string(sees), string(axis.seesInput()), message);
      assertTrue(axis.extent() <= maxExtent, message);
    }
  }

  @Test
  void aStrideComputesNothingThatItThrowsAway() {
    AxisGeometry axis = AxisGeometry.convolution(224, 112, 3, 2, 1, 1, Integer.MAX_VALUE);
    assertEquals(112, axis.count());
    assertEquals(2, axis.inOffsets().length);
    assertEquals(2, axis.extent());
    AxisGeometry pointwise = AxisGeometry.convolution(224, 56, 1, 4, 0, 1, Integer.MAX_VALUE);
    assertEquals(1, pointwise.inOffsets().length);
  }

  /** y by the definition of an axis, overlap-save apart. */
  private static long[] byPhases(AxisGeometry axis, long[] x, long[] w) {
    long[] y = new long[axis.output()];
    for (int i = 0; i < w.length; i++) {
      assertTrue(axis.tapAt()[i] >= 0 && axis.tapAt()[i] < axis.extent());
      for (int r = 0; r < axis.count(axis.tapOut()[i]); r++) {
        int from = axis.inOffsets()[axis.tapIn()[i]] + (r + axis.tapAt()[i]) * axis.inStep();
        if (from >= 0 && from < x.length) {
          y[axis.outOffsets()[axis.tapOut()[i]] + r * axis.outStep()] += w[i] * x[from];
        }
      }
    }
    return y;
  }

  private static String string(long[] values) {
    return Arrays.toString(values);
  }

  private static String string(boolean[] values) {
    return Arrays.toString(values);
  }
}
