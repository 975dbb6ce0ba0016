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
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine of the pointwise product against plain loops in double precision. */
class PointwiseProductTest {

  /** images, cout, cin, pixels */
  private static final int[][] SHAPES = {
    {1, 1, 1, 1},
    {0, 2, 3, 4},
    {2, 3, 5, 7},
    {3, 16, 3, 1000},
    {1, 64, 64, 4096},
    {2, 9, 130, 513},
    {5, 8, 16, 64},
    {1, 1, 300, 129},
  };

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#pointwise")
  void equalsTheDefinition(String engine) {
    for (int[] s : SHAPES) {
      for (boolean direct : new boolean[] {false, true}) {
        for (boolean withBias : new boolean[] {false, true}) {
          float[] w = Numbers.gaussian(1, s[1] * s[2]);
          float[] bias = withBias ? Numbers.gaussian(2, s[1]) : null;
          float[] x = Numbers.gaussian(3, s[0] * s[2] * s[3]);
          float[] y = apply(engine, s, direct, w, bias, x);
          // As in ComplexProductTest: roundings of 2⁻²⁴ = 6e-8 that add at random.
          double error = Numbers.relativeError(y, naive(s, w, bias, x));
          assertTrue(error <= 1e-6, Arrays.toString(s) + " direct " + direct + ": " + error);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#pointwise")
  void theReferenceSeesAMissingBias(String engine) {
    int[] s = {1, 4, 4, 100};
    float[] w = Numbers.gaussian(1, 16);
    float[] bias = {1, 1, 1, 1};
    float[] x = Numbers.gaussian(3, 400);
    // A bias of 1 beside outputs of variance 4.
    double error = Numbers.relativeError(apply(engine, s, true, w, null, x), naive(s, w, bias, x));
    assertTrue(error > 0.2 && error < 1, "error " + error);
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#pointwise")
  void threadsChangeNoBit(String engine) throws Exception {
    int[] s = {3, 24, 40, 3000};
    float[] w = Numbers.gaussian(1, 24 * 40);
    float[] bias = Numbers.gaussian(2, 24);
    float[] x = Numbers.gaussian(3, 3 * 40 * 3000);
    for (boolean direct : new boolean[] {false, true}) {
      float[] expected = null;
      for (int threads : new int[] {1, 2, 5}) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
          float[] y = pool.submit(() -> apply(engine, s, direct, w, bias, x)).get();
          expected = expected == null ? y : expected;
          assertArrayEquals(expected, y);
        } finally {
          pool.shutdown();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#pointwise")
  void anImageDoesNotDependOnItsCompany(String engine) {
    float[] w = Numbers.gaussian(1, 6 * 5);
    float[] x = Numbers.gaussian(3, 4 * 5 * 64);
    float[] together = apply(engine, new int[] {4, 6, 5, 64}, true, w, null, x);
    float[] last =
        apply(
            engine,
            new int[] {1, 6, 5, 64},
            true,
            w,
            null,
            Arrays.copyOfRange(x, 3 * 5 * 64, x.length));
    assertArrayEquals(last, Arrays.copyOfRange(together, 3 * 6 * 64, together.length));
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#pointwise")
  void buffersAreUsedFromTheirPositionAndKeepIt(String engine) {
    for (boolean direct : new boolean[] {false, true}) {
      FloatBuffer w = buffer(direct, 9, 9, 2, 3).position(2);
      FloatBuffer bias = buffer(direct, 9, 10).position(1);
      FloatBuffer x = buffer(direct, 9, 9, 9, 1, 2, 3, 4).position(3);
      FloatBuffer y = buffer(direct, 7, 7, 7, 7).position(1);
      Kernels.pointwiseProduct(engine).apply(1, 1, 2, 2, w, bias, x.asReadOnlyBuffer(), y);
      assertEquals(1, y.position());
      assertArrayEquals(new float[] {7, 10 + 2 + 9, 10 + 4 + 12, 7}, content(y));
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#pointwise")
  void wrongArgumentsAreRefused(String engine) {
    PointwiseProduct product = Kernels.pointwiseProduct(engine);
    FloatBuffer six = FloatBuffer.allocate(6);
    FloatBuffer five = FloatBuffer.allocate(5);
    refuse(() -> product.apply(1, 0, 2, 3, six, null, six, six));
    refuse(() -> product.apply(-1, 2, 2, 3, six, null, six, six));
    refuse(() -> product.apply(1, 2, 3, 2, five, null, six, six));
    refuse(() -> product.apply(1, 2, 3, 2, six, null, five, six));
    refuse(() -> product.apply(1, 3, 2, 2, six, null, six, five));
    refuse(() -> product.apply(1, 6, 1, 1, six, five, six, six));
    refuse(() -> product.apply(1, 2, 3, 2, six, null, six, six.asReadOnlyBuffer()));
    refuse(() -> product.apply(1, 1 << 20, 1 << 20, 1 << 24, six, null, six, six));
    ByteOrder foreign =
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            ? ByteOrder.BIG_ENDIAN
            : ByteOrder.LITTLE_ENDIAN;
    FloatBuffer swapped = ByteBuffer.allocateDirect(24).order(foreign).asFloatBuffer();
    refuse(() -> product.apply(1, 2, 3, 2, six, null, swapped, six));
  }

  private static void refuse(org.junit.jupiter.api.function.Executable call) {
    assertThrows(IllegalArgumentException.class, call);
  }

  private static float[] apply(
      String engine, int[] s, boolean direct, float[] w, float[] bias, float[] x) {
    float[] garbage = new float[s[0] * s[1] * s[3]];
    Arrays.fill(garbage, Float.NaN);
    FloatBuffer y = buffer(direct, garbage);
    Kernels.pointwiseProduct(engine)
        .apply(
            s[0],
            s[1],
            s[2],
            s[3],
            buffer(direct, w),
            bias == null ? null : buffer(direct, bias),
            buffer(direct, x),
            y);
    return content(y);
  }

  private static FloatBuffer buffer(boolean direct, float... values) {
    return direct
        ? ByteBuffer.allocateDirect(4 * values.length)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(values)
            .rewind()
        : FloatBuffer.wrap(values.clone());
  }

  private static float[] content(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }

  private static double[] naive(int[] s, float[] w, float[] bias, float[] x) {
    double[] y = new double[s[0] * s[1] * s[3]];
    for (int i = 0; i < s[0]; i++) {
      for (int co = 0; co < s[1]; co++) {
        for (int p = 0; p < s[3]; p++) {
          double sum = bias == null ? 0 : bias[co];
          for (int ci = 0; ci < s[2]; ci++) {
            sum += (double) w[co * s[2] + ci] * x[(i * s[2] + ci) * s[3] + p];
          }
          y[(i * s[1] + co) * s[3] + p] = sum;
        }
      }
    }
    return y;
  }
}
