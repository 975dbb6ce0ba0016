// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines first used within a caller's pointer scope live on after it. */
class CallersScopeTest {
  private static final int M = 64;
  private static final int N = 16;

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#product")
  void productsSurvive(String engine) throws InterruptedException {
    float[] w = Numbers.gaussian(1, 2 * 8 * M * M);
    float[] x = Numbers.gaussian(2, 2 * 8 * M * N);
    float[] first = new float[2 * 8 * M * N];
    float[] second = new float[first.length];
    // A new thread, so that its work buffers are made within the scope too.
    onNewThread(
        () -> {
          PreparedProduct product;
          try (PointerScope scope = new PointerScope()) {
            product = Kernels.complexProduct(engine).prepare(8, M, M);
            product.weights().put(0, w);
            product.multiply(0, 8, N, FloatBuffer.wrap(x), 0, FloatBuffer.wrap(first), 0);
          }
          overwriteFreedMemory(w.length);
          product.multiply(0, 8, N, FloatBuffer.wrap(x), 0, FloatBuffer.wrap(second), 0);
          product.close();
        });
    assertArrayEquals(first, second);
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#pointwise")
  void pointwiseSurvives(String engine) throws InterruptedException {
    FloatBuffer w = direct(Numbers.gaussian(1, M * M));
    FloatBuffer bias = direct(Numbers.gaussian(3, M));
    FloatBuffer x = direct(Numbers.gaussian(2, M * 100));
    FloatBuffer first = direct(new float[M * 100]);
    FloatBuffer second = direct(new float[M * 100]);
    onNewThread(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            Kernels.pointwiseProduct(engine).apply(1, M, M, 100, w, bias, x, first);
          }
          overwriteFreedMemory(4096);
          Kernels.pointwiseProduct(engine).apply(1, M, M, 100, w, bias, x, second);
        });
    assertArrayEquals(values(first), values(second));
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void transformsSurvive(String engine) throws InterruptedException {
    float[] first = Numbers.gaussian(1, 2 * 24 * 24);
    float[] second = first.clone();
    onNewThread(
        () -> {
          FftPlan plan;
          try (PointerScope scope = new PointerScope()) {
            plan = Kernels.fft(engine).plan(24, 24);
            plan.forward(first, 0, 1);
          }
          overwriteFreedMemory(first.length);
          plan.forward(second, 0, 1);
        });
    assertArrayEquals(first, second);
  }

  @ParameterizedTest
  @MethodSource("org.ofp.kernels.Engines#fft")
  void transformsRowByRowSurvive(String engine) throws InterruptedException {
    float[] frame = Numbers.gaussian(1, 2 * 24 * 24);
    float[] first = new float[frame.length];
    float[] second = new float[frame.length];
    onNewThread(
        () -> {
          FftPlan plan = Kernels.fft(engine).plan(24, 24);
          plan.forward(frame.clone(), 0, 1); // the work buffer is made outside of any scope
          try (PointerScope scope = new PointerScope()) {
            plan.forward(frame, 0, rows(first));
          }
          overwriteFreedMemory(frame.length);
          plan.forward(frame, 0, rows(second));
        });
    assertArrayEquals(first, second);
  }

  private static FftRows rows(float[] result) {
    return (row, values, offset) -> System.arraycopy(values, offset, result, 48 * row, 48);
  }

  /** Allocates blocks of the size that a wrongly freed buffer had and fills them. */
  private static void overwriteFreedMemory(int floats) {
    float[] junk = new float[floats];
    Arrays.fill(junk, Float.NaN);
    for (int i = 0; i < 50; i++) {
      try (FloatPointer block = new FloatPointer(junk)) {
        block.put(0, 1f);
      }
    }
  }

  private static void onNewThread(Runnable work) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread thread = new Thread(work);
    thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
    thread.start();
    thread.join();
    if (failure[0] != null) {
      throw new AssertionError(failure[0]);
    }
  }

  private static FloatBuffer direct(float[] values) {
    return ByteBuffer.allocateDirect(4 * values.length)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .put(values)
        .rewind();
  }

  private static float[] values(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }
}
