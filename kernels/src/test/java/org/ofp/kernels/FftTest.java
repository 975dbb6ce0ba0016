// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Fourier engine against the definition of the transform. */
class FftTest {

  private static final int[][] SIZES = {
    {1, 1},
    {1, 2},
    {2, 1},
    {2, 2},
    {1, 3},
    {3, 1},
    {3, 5},
    {5, 4},
    {7, 11},
    {11, 11},
    {13, 16},
    {16, 16},
    {16, 12},
    {17, 1},
    {31, 32},
    {34, 34},
    {36, 100},
    {64, 64},
    {97, 101},
    {121, 121},
    {127, 8},
    {9, 127},
    {128, 64},
    {211, 3},
    {512, 512},
    {1, 509},
    {1, 1021},
    {1, 2187},
    {1, 4093},
    {1, 4096},
    {1, 4099},
    {4099, 1},
    {2, 4096},
    {1021, 2},
  };

  /**
   * A float transform of N points does about log2 N roundings in a row, independent, of at most
   * 2⁻²⁴ each: 2⁻²⁴·√log2 N = 2.5e-7 for the largest size here, twice that for the detours that
   * primes take.
   */
  private static final double TOLERANCE = 5e-7;

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void equalsTheDefinition(String engine) {
    for (int[] size : SIZES) {
      int rows = size[0];
      int cols = size[1];
      FftPlan plan = Kernels.fft(engine).plan(rows, cols);
      float[] frame = Numbers.gaussian(rows * 10_000L + cols, 2 * rows * cols);
      for (boolean inverse : new boolean[] {false, true}) {
        float[] out = frame.clone();
        if (inverse) {
          plan.inverse(out, 0, 1);
        } else {
          plan.forward(out, 0, 1);
        }
        double error = Numbers.relativeError(out, Numbers.dft(frame, rows, cols, inverse));
        assertTrue(error <= TOLERANCE, rows + "x" + cols + ", inverse " + inverse + ": " + error);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void theReferenceSeesAWrongSignAndAWrongScale(String engine) {
    FftPlan plan = Kernels.fft(engine).plan(12, 10);
    float[] frame = Numbers.gaussian(5, 2 * 120);
    float[] out = frame.clone();
    plan.inverse(out, 0, 1);
    // Two unrelated fields of the same energy are √2 apart; only 4 of 120 bins agree.
    double wrongSign = Numbers.relativeError(out, Numbers.dft(frame, 12, 10, false));
    assertTrue(wrongSign > 1 && wrongSign < 1.8, "wrong sign: " + wrongSign);
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void aPlaneWaveLandsInItsBin(String engine) {
    int rows = 6;
    int cols = 15;
    float[] frame = new float[2 * rows * cols];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        double phase = 2 * Math.PI * (2.0 * r / rows + 4.0 * c / cols);
        frame[2 * (r * cols + c)] = (float) Math.cos(phase);
        frame[2 * (r * cols + c) + 1] = (float) Math.sin(phase);
      }
    }
    Kernels.fft(engine).plan(rows, cols).forward(frame, 0, 1);
    float[] expected = new float[frame.length];
    expected[2 * (2 * cols + 4)] = (float) Math.sqrt(rows * cols);
    // Input rounded to 2⁻²⁵ per value; a bin adds 90 of them at random, over √90.
    assertArrayEquals(expected, frame, 2e-6f);
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void aFrameDoesNotDependOnItsNeighboursOrPlace(String engine) {
    for (int[] size : new int[][] {{8, 8}, {11, 11}, {1, 64}, {34, 34}, {101, 3}}) {
      int floats = 2 * size[0] * size[1];
      int count = 7;
      FftPlan plan = Kernels.fft(engine).plan(size[0], size[1]);
      float[] alone = Numbers.gaussian(3, count * floats);
      float[] together = new float[5 + count * floats + 3];
      Arrays.fill(together, 42);
      System.arraycopy(alone, 0, together, 5, alone.length);
      plan.forward(together, 5, count);
      for (int i = 0; i < count; i++) {
        plan.forward(alone, i * floats, 1);
      }
      assertArrayEquals(alone, Arrays.copyOfRange(together, 5, 5 + alone.length));
      assertEquals(42, together[4]);
      assertEquals(42, together[5 + alone.length]);
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void threadsShareAPlan(String engine) {
    for (int[] size : new int[][] {{32, 32}, {30, 35}, {1, 509}, {257, 2}}) {
      int floats = 2 * size[0] * size[1];
      int frames = 200;
      FftPlan plan = Kernels.fft(engine).plan(size[0], size[1]);
      float[] expected = Numbers.gaussian(8, frames * floats);
      float[] actual = expected.clone();
      plan.forward(expected, 0, frames);
      IntStream.range(0, frames).parallel().forEach(i -> plan.forward(actual, i * floats, 1));
      assertArrayEquals(expected, actual);
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void plansAreCached(String engine) {
    assertSame(Kernels.fft(engine).plan(8, 9), Kernels.fft(engine).plan(8, 9));
    assertEquals(8, Kernels.fft(engine).plan(8, 9).rows());
    assertEquals(9, Kernels.fft(engine).plan(8, 9).cols());
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void wrongArgumentsAreRefused(String engine) {
    FftKernel fft = Kernels.fft(engine);
    assertThrows(IllegalArgumentException.class, () -> fft.plan(0, 4));
    assertThrows(IllegalArgumentException.class, () -> fft.plan(4, -1));
    assertThrows(IllegalArgumentException.class, () -> fft.plan(1 << 15, 1 << 15));
    FftPlan plan = fft.plan(4, 4);
    float[] data = new float[64];
    assertThrows(IndexOutOfBoundsException.class, () -> plan.forward(data, 0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> plan.forward(data, 1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> plan.inverse(data, -1, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> plan.inverse(data, 0, -1));
    assertThrows(
        IndexOutOfBoundsException.class, () -> plan.inverse(data, 0, Integer.MAX_VALUE / 16));
    assertThrows(NullPointerException.class, () -> plan.forward(null, 0, 0));
    plan.forward(data, 64, 0);
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void rowByRowIsTheSameBitForBit(String engine) {
    for (int[] size : SIZES) {
      int rows = size[0];
      int cols = size[1];
      FftPlan plan = Kernels.fft(engine).plan(rows, cols);
      float[] source = Numbers.gaussian(rows * 7L + cols, 2 * rows * cols + 3);
      float[] kept = source.clone();
      float[] expected = Arrays.copyOfRange(source, 3, source.length);
      plan.forward(expected, 0, 1);
      float[] result = new float[2 * rows * cols];
      int[] next = {0};
      plan.forward(
          source,
          3,
          (row, values, offset) -> {
            assertEquals(next[0]++, row, "rows come in order");
            System.arraycopy(values, offset, result, 2 * cols * row, 2 * cols);
          });
      assertEquals(rows, next[0]);
      assertArrayEquals(expected, result, rows + "×" + cols);
      assertArrayEquals(kept, source, "the frame stays as it is");
    }
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void whatATakerOfRowsThrowsIsPassedOnAndHarmsNothing(String engine) {
    FftPlan plan = Kernels.fft(engine).plan(16, 8);
    float[] frame = Numbers.gaussian(5, 256);
    for (int i = 0; i < 3; i++) {
      assertThrows(
          ArithmeticException.class,
          () ->
              plan.forward(
                  frame,
                  0,
                  (row, values, offset) -> {
                    throw new ArithmeticException();
                  }));
    }
    assertThrows(
        IndexOutOfBoundsException.class, () -> plan.forward(frame, 1, (row, values, offset) -> {}));
    rowByRowIsTheSameBitForBit(engine);
  }
}
