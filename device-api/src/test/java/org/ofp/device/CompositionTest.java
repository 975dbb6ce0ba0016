// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which shapes can be composed from a device's frames, and from how many. */
class CompositionTest {
  private static FourierTransformer transformer(int rows, int cols, boolean windows) {
    return new FourierTransformer(
        TestBench.ofFrames(new FrameShape(rows, cols), windows, Modulation.COMPLEX));
  }

  /** Counts by hand: rows·cols·Σ 1/(aᵢbᵢ) for the best pairs of factors. */
  @ParameterizedTest
  @CsvSource({
    "11, 11, 1", // shown as it is
    "3, 7, 1",
    "121, 121, 242", // 2n²
    "22, 33, 55", // 11×3 and 2×11: 22 + 33, against 6 + 121 for 11×11 and 2×3
    "1331, 11, 2783", // 11×11, 11×1, 11×1: 121 + 1331 + 1331, in some order
    "1331, 1331, 43923", // 3n⁴
    "121, 8, 66", // 11×4 and 11×2: 22 + 44, against 11 + 88 for 11×8 and 11×1
    "1, 121, 22",
    "12, 1, 7" // 4·3: 3 + 4
  })
  void takesTheFewestFrames(int rows, int cols, int frames) {
    FourierTransformer transformer = transformer(11, 11, true);
    FrameShape shape = new FrameShape(rows, cols);
    assertTrue(transformer.accepts(shape));
    assertEquals(frames, transformer.framesPerTransform(shape));
  }

  /** Every composition is one: the products of its factors are the shape, none is too large. */
  @Test
  void factorsMakeUpTheShape() {
    Capabilities device =
        TestBench.capabilities(
            new FrameShape(6, 10),
            true,
            Modulation.COMPLEX,
            ReadoutMode.COHERENT,
            0,
            BufferKind.HEAP);
    int composed = 0;
    for (int rows = 1; rows <= 130; rows++) {
      for (int cols = 1; cols <= 130; cols++) {
        FrameShape shape = new FrameShape(rows, cols);
        boolean possible = Factors.largestPrime(rows) <= 6 && Factors.largestPrime(cols) <= 10;
        assertEquals(possible, Composition.exists(shape, device), shape.toString());
        if (possible) {
          int a = 1;
          int b = 1;
          for (FrameShape stage : Composition.of(shape, device).stages()) {
            assertTrue(stage.fitsIn(device.maxFrame()));
            a *= stage.rows();
            b *= stage.cols();
          }
          assertEquals(shape, new FrameShape(a, b));
          composed++;
        }
      }
    }
    assertTrue(composed > 1000, "composed " + composed);
  }

  @Test
  void framesOfOneSizeComposePowersOnly() {
    FourierTransformer square = transformer(11, 11, false);
    assertEquals(1, square.framesPerTransform(new FrameShape(11, 11)));
    assertEquals(242, square.framesPerTransform(new FrameShape(121, 121)));
    FourierTransformer oblong = transformer(3, 2, false);
    assertEquals(3 * 36, oblong.framesPerTransform(new FrameShape(27, 8)));
    for (FrameShape shape :
        new FrameShape[] {
          new FrameShape(9, 8), new FrameShape(27, 4), new FrameShape(3, 3), new FrameShape(1, 1)
        }) {
      assertFalse(oblong.accepts(shape), shape.toString());
    }
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> oblong.framesPerTransform(new FrameShape(9, 8)),
        "9×8",
        "9×4 and 27×8");
    assertFalse(transformer(1, 1, false).accepts(new FrameShape(2, 1)), "and ends");
  }

  @Test
  void refusalsNameThePrimeAndTheNearestSizes() {
    FourierTransformer transformer = transformer(11, 11, true);
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> transformer.batch(new FrameShape(26, 11), 1),
        "26×11",
        "prime factor 13",
        "rows",
        "25 and 27");
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> transformer.framesPerTransform(new FrameShape(4, 127)),
        "prime factor 127",
        "columns",
        "126 and 128");
    assertFails(
        ErrorCode.INADMISSIBLE_FRAME,
        () -> transformer(1, 4, true).framesPerTransform(new FrameShape(2, 4)),
        "prime factor 2",
        "1 and 1");
  }

  @Test
  void primesAreFound() {
    int[][] cases = {{1, 1}, {2, 2}, {12, 3}, {97, 97}, {98, 7}, {121, 11}, {32749, 32749}};
    for (int[] c : cases) {
      assertEquals(c[1], Factors.largestPrime(c[0]));
    }
    assertEquals(2, Factors.products(12, 11, 2).size(), "6·2 and 4·3");
    assertEquals(3, Factors.products(12, 11, 3).size(), "3·2·2 too");
  }
}
