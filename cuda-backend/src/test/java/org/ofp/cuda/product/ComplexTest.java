// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.kernels.PreparedProduct;

/** Complex products on an emulated GPU against their definition. */
class ComplexTest {
  /** As in {@link PointwiseTest}. */
  private static final double TOLERANCE = 1e-6;

  private static float[] multiply(
      PreparedProduct product, int from, int to, int n, boolean direct, float[] x) {
    float[] garbage = new float[2 * (to - from) * product.m() * n];
    Arrays.fill(garbage, Float.NaN);
    FloatBuffer y = Values.buffer(direct, 4, garbage);
    // Positions play no part, offsets do.
    product.multiply(from, to, n, Values.buffer(direct, 6, x).position(1), 6, y.position(2), 4);
    return Values.content(y.position(4));
  }

  private static void compare(int matrices, int m, int k, int n, long seed) {
    TestGpu gpu = new TestGpu();
    float[] w = Values.gaussian(seed, 2 * matrices * m * k);
    float[] x = Values.gaussian(seed + 1, 2 * matrices * k * n);
    double[] exact = Values.complex(matrices, m, k, n, w, x);
    try (ProductPool lanes = new ProductPool(() -> gpu);
        PreparedProduct product = new PreparedOnGpu(lanes, matrices, m, k)) {
      product.weights().put(w);
      float[] y = multiply(product, 0, matrices, n, false, x);
      double error = Values.relativeError(y, exact);
      assertTrue(error <= TOLERANCE, "error " + error);
      assertArrayEquals(y, multiply(product, 0, matrices, n, true, x));
      int middle = matrices / 2;
      float[] upper = Arrays.copyOfRange(x, 2 * middle * k * n, x.length);
      assertArrayEquals(
          Arrays.copyOfRange(y, 2 * middle * m * n, y.length),
          multiply(product, middle, matrices, n, true, upper));
    }
    assertEquals(List.of(), gpu.alive());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "0, 2, 3, 4", "7, 3, 5, 16", "5, 1, 1, 33", "2, 64, 48, 16"})
  void equalsTheDefinition(int matrices, int m, int k, int n) {
    compare(matrices, m, k, n, 1);
  }

  @Property(tries = 30)
  void equalsTheDefinitionForAnySizes(
      @ForAll @IntRange(min = 1, max = 9) int matrices,
      @ForAll @IntRange(min = 1, max = 12) int m,
      @ForAll @IntRange(min = 1, max = 12) int k,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll long seed) {
    compare(matrices, m, k, n, seed);
  }

  @Test
  void manyMatricesTravelInPieces() {
    int matrices = 3 * (Pieces.BYTES / (Float.BYTES * 2 * (1 + 16 + 16))) + 11;
    FloatBuffer none = FloatBuffer.allocate(0);
    assertEquals(4, new ComplexPieces(matrices, 1, 1, 16, none, 0, none, 0, none, 0).count());
    compare(matrices, 1, 1, 16, 2);
  }

  @Test
  void weightsMayChangeBetweenProducts() {
    try (ProductPool lanes = new ProductPool(TestGpu::new);
        PreparedProduct product = new PreparedOnGpu(lanes, 1, 1, 1)) {
      FloatBuffer weights = product.weights();
      float[] x = {3, 4};
      assertArrayEquals(new float[] {0, 0}, multiply(product, 0, 1, 1, true, x));
      weights.put(0, 1);
      assertArrayEquals(x, multiply(product, 0, 1, 1, true, x));
      weights.put(1, 2);
      assertArrayEquals(new float[] {3 - 8, 4 + 6}, multiply(product, 0, 1, 1, true, x));
    }
  }

  @Test
  void rangesMayRunAtTheSameTime() {
    int n = 16;
    float[] w = Values.gaussian(1, 2 * 64 * 9);
    float[] x = Values.gaussian(2, 2 * 64 * 3 * n);
    try (ProductPool lanes = new ProductPool(TestGpu::new);
        PreparedProduct product = new PreparedOnGpu(lanes, 64, 3, 3)) {
      product.weights().put(w);
      float[] y = multiply(product, 0, 64, n, false, x);
      float[] parts = new float[y.length];
      int floats = 2 * 3 * n;
      IntStream.range(0, 16)
          .parallel()
          .forEach(
              i ->
                  product.multiply(
                      4 * i,
                      4 * i + 4,
                      n,
                      FloatBuffer.wrap(x),
                      4 * i * floats,
                      FloatBuffer.wrap(parts),
                      4 * i * floats));
      assertArrayEquals(y, parts);
    }
  }

  @Test
  void whatNoCopyCanHoldIsRefused() {
    Mirror mirror = new Mirror(new TestGpu().gpu(), "input of a product");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> mirror.atLeast(1L << 29));
    assertTrue(e.getMessage().contains("536870912 floats is beyond 536870911"), e.getMessage());
  }
}
