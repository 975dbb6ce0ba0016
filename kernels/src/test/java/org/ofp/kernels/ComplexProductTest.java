// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine of the complex product against plain loops in double precision. */
class ComplexProductTest {

  /** matrices, m, k, n */
  private static final int[][] SHAPES = {
    {1, 1, 1, 1},
    {9, 1, 1, 16},
    {5, 1, 7, 16},
    {5, 7, 1, 16},
    {3, 2, 3, 1},
    {3, 3, 2, 5},
    {17, 4, 4, 16},
    {4, 16, 3, 48},
    {4, 3, 16, 130},
    {40, 16, 16, 32},
    {3, 64, 64, 16},
    {2, 64, 64, 64},
    {2, 33, 65, 80},
    {1, 5, 512, 16},
    {1, 128, 96, 272},
  };

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#product")
  void equalsTheDefinition(String engine) {
    for (int[] s : SHAPES) {
      float[] w = Numbers.gaussian(1, 2 * s[0] * s[1] * s[2]);
      float[] x = Numbers.gaussian(2, 2 * s[0] * s[2] * s[3]);
      float[] y = multiply(engine, s, w, x);
      // A sum of k products: errors of 2⁻²⁴ in each partial sum add at random to about
      // 2⁻²⁴·√(log k … k)/2; required is 1e-6.
      double error = Numbers.relativeError(y, naive(s, w, x));
      assertTrue(error <= 1e-6, Arrays.toString(s) + ": " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#product")
  void theReferenceSeesOneWrongWeight(String engine) {
    int[] s = {2, 8, 8, 16};
    float[] w = Numbers.gaussian(1, 2 * s[0] * s[1] * s[2]);
    float[] x = Numbers.gaussian(2, 2 * s[0] * s[2] * s[3]);
    float[] y = multiply(engine, s, w, x);
    w[77] = -w[77];
    // One of 256 real weights reversed: 2/√256 of the result for a weight of average size.
    double error = Numbers.relativeError(y, naive(s, w, x));
    assertTrue(error > 1e-3 && error < 1, "error " + error);
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#product")
  void splittingTheRangeChangesNoBit(String engine) {
    for (int[] s :
        new int[][] {{64, 4, 4, 16}, {37, 16, 24, 32}, {19, 64, 64, 16}, {50, 1, 1, 16}}) {
      int k2n = 2 * s[2] * s[3];
      int m2n = 2 * s[1] * s[3];
      float[] w = Numbers.gaussian(3, 2 * s[0] * s[1] * s[2]);
      float[] x = Numbers.gaussian(4, s[0] * k2n);
      float[] whole = multiply(engine, s, w, x);
      try (PreparedProduct product = prepared(engine, s, w)) {
        for (int parts : new int[] {2, 3, 7, s[0]}) {
          float[] split = new float[whole.length];
          IntStream.range(0, parts)
              .parallel()
              .forEach(
                  p -> {
                    int from = s[0] * p / parts;
                    int to = s[0] * (p + 1) / parts;
                    product.multiply(
                        from,
                        to,
                        s[3],
                        FloatBuffer.wrap(x),
                        from * k2n,
                        FloatBuffer.wrap(split),
                        from * m2n);
                  });
          assertArrayEquals(whole, split, engine + " in " + parts + " parts");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#product")
  void aColumnDoesNotDependOnItsPlaceOrCompany(String engine) {
    for (int[] mk : new int[][] {{64, 64}, {16, 24}, {4, 4}, {3, 16}, {1, 1}, {8, 300}}) {
      int m = mk[0];
      int k = mk[1];
      int matrices = 3;
      float[] w = Numbers.gaussian(5, 2 * matrices * m * k);
      float[] column = Numbers.gaussian(6, 2 * matrices * k);
      for (int n : new int[] {16, 32, 48, 128, 144}) {
        float[] first = null;
        for (int at : new int[] {0, 1, 7, 15, n - 16, n - 1}) {
          float[] x = Numbers.gaussian(n + at, 2 * matrices * k * n);
          for (int i = 0; i < matrices * k; i++) {
            System.arraycopy(column, 2 * i, x, 2 * (i * n + at), 2);
          }
          float[] y = multiply(engine, new int[] {matrices, m, k, n}, w, x);
          float[] result = new float[2 * matrices * m];
          for (int i = 0; i < matrices * m; i++) {
            System.arraycopy(y, 2 * (i * n + at), result, 2 * i, 2);
          }
          first = first == null ? result : first;
          assertArrayEquals(first, result, m + "x" + k + ", column " + at + " of " + n);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#product")
  void resultsAreWrittenWhereTheyBelongOverWhateverWasThere(String engine) {
    float[] w = Numbers.gaussian(7, 2 * 2 * 3 * 4);
    float[] x = Numbers.gaussian(8, 2 * 2 * 4 * 16);
    float[] expected = multiply(engine, new int[] {2, 3, 4, 16}, w, x);
    float[] shiftedX = new float[x.length + 3];
    System.arraycopy(x, 0, shiftedX, 3, x.length);
    float[] y = new float[expected.length + 10];
    Arrays.fill(y, Float.NaN);
    try (PreparedProduct product = prepared(engine, new int[] {2, 3, 4}, w)) {
      product.multiply(0, 2, 16, FloatBuffer.wrap(shiftedX), 3, FloatBuffer.wrap(y), 5);
    }
    assertArrayEquals(expected, Arrays.copyOfRange(y, 5, 5 + expected.length));
    assertTrue(Float.isNaN(y[4]) && Float.isNaN(y[5 + expected.length]));
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#product")
  void wrongArgumentsAreRefused(String engine) {
    ComplexProduct products = Kernels.complexProduct(engine);
    assertThrows(IllegalArgumentException.class, () -> products.prepare(-4, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> products.prepare(4, 0, 3));
    assertThrows(IllegalArgumentException.class, () -> products.prepare(1 << 20, 1 << 20, 1 << 24));
    FloatBuffer x = FloatBuffer.allocate(2 * 4 * 3 * 16);
    FloatBuffer y = FloatBuffer.allocate(2 * 4 * 2 * 16);
    PreparedProduct product = products.prepare(4, 2, 3);
    assertEquals(FloatBuffer.allocate(2 * 4 * 2 * 3), product.weights(), "zeros");
    assertEquals(4, product.matrices());
    assertEquals(2, product.m());
    assertEquals(3, product.k());
    assertThrows(IndexOutOfBoundsException.class, () -> product.multiply(0, 5, 16, x, 0, y, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> product.multiply(2, 1, 16, x, 0, y, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> product.multiply(0, 4, 17, x, 0, y, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> product.multiply(0, 4, 16, x, 1, y, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> product.multiply(0, 4, 16, x, 0, y, 1));
    assertThrows(IllegalArgumentException.class, () -> product.multiply(0, 4, 0, x, 0, y, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> product.multiply(0, 4, 16, x, 0, y.asReadOnlyBuffer(), 0));
    FloatBuffer foreign =
        ByteBuffer.allocateDirect(4 * x.capacity())
            .order(
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                    ? ByteOrder.LITTLE_ENDIAN
                    : ByteOrder.BIG_ENDIAN)
            .asFloatBuffer();
    assertThrows(
        IllegalArgumentException.class, () -> product.multiply(0, 4, 16, foreign, 0, y, 0));
    product.multiply(2, 2, 16, x, 0, y, 0);
    product.close();
    product.close();
    assertThrows(IllegalStateException.class, () -> product.multiply(0, 4, 16, x, 0, y, 0));
    assertThrows(IllegalStateException.class, product::weights);
  }

  private static PreparedProduct prepared(String engine, int[] s, float[] w) {
    PreparedProduct product = Kernels.complexProduct(engine).prepare(s[0], s[1], s[2]);
    product.weights().put(0, w);
    return product;
  }

  private static float[] multiply(String engine, int[] s, float[] w, float[] x) {
    float[] y = new float[2 * s[0] * s[1] * s[3]];
    FloatBuffer directX = direct(x.length).put(0, x);
    FloatBuffer directY = direct(y.length);
    try (PreparedProduct product = prepared(engine, s, w)) {
      product.multiply(0, s[0], s[3], FloatBuffer.wrap(x), 0, FloatBuffer.wrap(y), 0);
      // Positions play no part.
      product.multiply(0, s[0], s[3], directX.position(1), 0, directY.position(1), 0);
    }
    assertEquals(FloatBuffer.wrap(y), directY.rewind(), "direct buffers");
    return y;
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static double[] naive(int[] s, float[] w, float[] x) {
    int m = s[1];
    int k = s[2];
    int n = s[3];
    double[] y = new double[2 * s[0] * m * n];
    for (int f = 0; f < s[0]; f++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double re = 0;
          double im = 0;
          for (int q = 0; q < k; q++) {
            double a = w[2 * ((f * m + i) * k + q)];
            double b = w[2 * ((f * m + i) * k + q) + 1];
            double c = x[2 * ((f * k + q) * n + j)];
            double d = x[2 * ((f * k + q) * n + j) + 1];
            re += a * c - b * d;
            im += a * d + b * c;
          }
          y[2 * ((f * m + i) * n + j)] = re;
          y[2 * ((f * m + i) * n + j) + 1] = im;
        }
      }
    }
    return y;
  }
}
