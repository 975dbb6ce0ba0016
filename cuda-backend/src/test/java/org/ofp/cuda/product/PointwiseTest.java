// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pointwise product on an emulated GPU against its definition. */
class PointwiseTest {
  /**
   * Roundings of 2⁻²⁴ = 6e-8 of the products, their sums, the bias and the result, which add at
   * random in sums of up to 130 terms; TF32 would be off by some 4e-4.
   */
  private static final double TOLERANCE = 1e-6;

  private static float[] apply(
      ProductPool lanes, boolean direct, int[] s, float[] w, float[] bias, float[] x) {
    float[] garbage = new float[s[0] * s[1] * s[3]];
    Arrays.fill(garbage, Float.NaN);
    FloatBuffer y = Values.buffer(direct, 5, garbage);
    lanes.run(
        new PointwisePieces(
            s[0],
            s[1],
            s[2],
            s[3],
            Values.buffer(direct, 3, w).asReadOnlyBuffer(),
            bias == null ? null : Values.buffer(direct, 2, bias),
            Values.buffer(direct, 4, x).asReadOnlyBuffer(),
            y));
    return Values.content(y);
  }

  private static void compare(int[] s, long seed) {
    TestGpu gpu = new TestGpu();
    float[] w = Values.gaussian(seed, s[1] * s[2]);
    float[] x = Values.gaussian(seed + 1, s[0] * s[2] * s[3]);
    try (ProductPool lanes = new ProductPool(() -> gpu)) {
      for (float[] bias : new float[][] {null, Values.gaussian(seed + 2, s[1])}) {
        double[] exact = Values.pointwise(s[0], s[1], s[2], s[3], w, bias, x);
        float[] heap = apply(lanes, false, s, w, bias, x);
        double error = Values.relativeError(heap, exact);
        assertTrue(error <= TOLERANCE, Arrays.toString(s) + ": " + error);
        assertArrayEquals(heap, apply(lanes, true, s, w, bias, x));
      }
    }
    assertEquals(List.of(), gpu.alive());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "0, 2, 3, 4",
    "2, 3, 5, 7",
    "3, 16, 3, 1000",
    "7, 9, 130, 513",
    "1, 64, 64, 1024",
    "1, 1, 300, 129"
  })
  void equalsTheDefinition(int images, int cout, int cin, int pixels) {
    compare(new int[] {images, cout, cin, pixels}, 1);
  }

  @Property(tries = 30)
  void equalsTheDefinitionForAnySizes(
      @ForAll @IntRange(min = 1, max = 4) int images,
      @ForAll @IntRange(min = 1, max = 20) int cout,
      @ForAll @IntRange(min = 1, max = 20) int cin,
      @ForAll @IntRange(min = 1, max = 600) int pixels,
      @ForAll long seed) {
    compare(new int[] {images, cout, cin, pixels}, seed);
  }

  /** Pieces of an image are columns of its matrices, the last of them narrower. */
  @Test
  void largeImagesTravelInPieces() {
    int pixels = 2 * (Pieces.BYTES / Float.BYTES / 3) + 77;
    assertEquals(3, new PointwisePieces(1, 2, 1, pixels, null, null, null, null).count());
    compare(new int[] {2, 2, 1, pixels}, 3);
  }

  @Property
  void piecesCoverAnImageAndFit(
      @ForAll @IntRange(min = 1, max = 5000) int cout,
      @ForAll @IntRange(min = 1, max = 5000) int cin,
      @ForAll @IntRange(min = 1, max = 1 << 22) int pixels) {
    int width = PointwisePieces.width(cout, cin, pixels);
    assertTrue(width >= 1 && width <= pixels);
    assertTrue(width % 64 == 0 || width == pixels, "width " + width);
    long bytes = 4L * width * (cout + cin);
    // An equal share, rounded up to 64 pixels.
    assertTrue(bytes <= Pieces.BYTES + 64 * 4L * (cout + cin), "bytes " + bytes);
  }

  @Test
  void anImageDoesNotDependOnItsCompany() {
    float[] w = Values.gaussian(1, 6 * 5);
    float[] x = Values.gaussian(3, 4 * 5 * 61);
    try (ProductPool lanes = new ProductPool(TestGpu::new)) {
      float[] together = apply(lanes, true, new int[] {4, 6, 5, 61}, w, null, x);
      float[] last = Arrays.copyOfRange(x, 3 * 5 * 61, x.length);
      assertArrayEquals(
          apply(lanes, true, new int[] {1, 6, 5, 61}, w, null, last),
          Arrays.copyOfRange(together, 3 * 6 * 61, together.length));
    }
  }

  /** The tolerance is tight enough to see what must not happen. */
  @Test
  void theDefinitionSeesAMissingBiasAndTf32() {
    int[] s = {1, 4, 16, 100};
    float[] w = Values.gaussian(1, 64);
    float[] x = Values.gaussian(2, 1600);
    double[] exact = Values.pointwise(1, 4, 16, 100, w, new float[] {1, 1, 1, 1}, x);
    try (ProductPool lanes = new ProductPool(TestGpu::new)) {
      assertTrue(Values.relativeError(apply(lanes, true, s, w, null, x), exact) > 0.1);
      for (int i = 0; i < w.length; i++) {
        w[i] = Float.intBitsToFloat(Float.floatToIntBits(w[i]) & 0xffffe000);
      }
      float[] coarse = apply(lanes, true, s, w, new float[] {1, 1, 1, 1}, x);
      assertTrue(Values.relativeError(coarse, exact) > 100 * TOLERANCE);
    }
  }
}
