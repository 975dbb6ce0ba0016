// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.cuda.RequiresGpu;
import org.ofp.kernels.Kernels;
import org.ofp.kernels.PreparedProduct;

/** The engines on the GPU that is there. */
@RequiresGpu
class InstalledGpuTest {
  /** Roundings that add at random, as in {@link PointwiseTest}; TF32 would fail. */
  private static final double TOLERANCE = 1e-6;

  private static void pointwise(int images, int cout, int cin, int pixels, boolean direct) {
    float[] w = Values.gaussian(1, cout * cin);
    float[] bias = Values.gaussian(2, cout);
    float[] x = Values.gaussian(3, images * cin * pixels);
    for (float[] start : new float[][] {null, bias}) {
      FloatBuffer y = Values.buffer(direct, 1, new float[images * cout * pixels]);
      Kernels.pointwiseProduct("cublas")
          .apply(
              images,
              cout,
              cin,
              pixels,
              Values.buffer(direct, 2, w),
              start == null ? null : Values.buffer(direct, 3, start),
              Values.buffer(direct, 4, x),
              y);
      double[] exact = Values.pointwise(images, cout, cin, pixels, w, start, x);
      double error = Values.relativeError(Values.content(y), exact);
      assertTrue(error <= TOLERANCE, "error " + error);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "2, 3, 5, 7",
    "3, 16, 3, 1000",
    "7, 9, 130, 513",
    "1, 64, 64, 4096",
    "2, 128, 64, 30011",
    "1, 512, 512, 1024"
  })
  void pointwiseEqualsTheDefinition(int images, int cout, int cin, int pixels) {
    pointwise(images, cout, cin, pixels, false);
    pointwise(images, cout, cin, pixels, true);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "7, 3, 5, 16", "5, 1, 1, 33", "300, 64, 48, 32"})
  void complexEqualsTheDefinition(int matrices, int m, int k, int n) {
    float[] w = Values.gaussian(1, 2 * matrices * m * k);
    float[] x = Values.gaussian(2, 2 * matrices * k * n);
    float[] y = new float[2 * matrices * m * n];
    try (PreparedProduct product = Kernels.complexProduct("cublas").prepare(matrices, m, k)) {
      product.weights().put(w);
      product.multiply(0, matrices, n, FloatBuffer.wrap(x), 0, FloatBuffer.wrap(y), 0);
    }
    double error = Values.relativeError(y, Values.complex(matrices, m, k, n, w, x));
    assertTrue(error <= TOLERANCE, "error " + error);
  }

  /** What is free, before and after. Other processes' use would disturb it: they must not run. */
  @Test
  void whatIsOpenedIsGivenBack() {
    try (ProductGpu watching = InstalledGpu.open()) {
      opened();
      long free = watching.gpu().freeBytes();
      for (int i = 0; i < 200; i++) {
        opened();
      }
      // The driver takes memory 2 MiB at a time.
      assertTrue(free - watching.gpu().freeBytes() <= 2 << 20);
    }
  }

  private static void opened() {
    try (ProductPool lanes = new ProductPool(InstalledGpu::open)) {
      FloatBuffer x = FloatBuffer.allocate(3 << 20);
      FloatBuffer y = FloatBuffer.allocate(3 << 20);
      FloatBuffer w = FloatBuffer.allocate(1);
      lanes.run(new PointwisePieces(1, 1, 1, 3 << 20, w, null, x, y));
    }
  }
}
