// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;

class MacCountTest {
  /** The table of the design, to its last digit. */
  @ParameterizedTest
  @CsvSource({
    "3, 11, 3.02",
    "3, 16, 3.47",
    "3, 32, 3.96",
    "3, 64, 4.23",
    "5, 32, 9.59",
    "7, 32, 16.2"
  })
  void reductionOfAFrame(int kernel, int frame, String expected) {
    int decimals = expected.length() - expected.indexOf('.') - 1;
    assertEquals(
        Double.parseDouble(expected),
        MacCount.reduction(kernel, frame),
        0.5 * Math.pow(10, -decimals));
  }

  /** k²(T−k+1)²/(2T²−4) = k²/2·(1 − 2(k−1)/T + O(T⁻²)). */
  @Test
  void reductionTendsToHalfTheTaps() {
    assertEquals(4.5, MacCount.reduction(3, 16000), 4.5 * 2 * 2 / 16000);
    assertTrue(MacCount.reduction(3, 16000) < 4.5);
  }

  /**
   * Counts the frequencies one by one: k and −k are one of a real plane, alone if they coincide.
   */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "2, 2", "8, 8", "11, 11", "8, 11", "11, 8", "3, 16"})
  void halfASpectrumByCounting(int rows, int cols) {
    long macs = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        int other = (rows - r) % rows * cols + (cols - c) % cols;
        int self = r * cols + c;
        macs += self == other ? 1 : self < other ? 4 : 0;
      }
    }
    assertEquals(macs, MacCount.spectral(new FrameShape(rows, cols)));
  }

  @Test
  void electronicsTakesATapPerOutput() {
    ConvolutionSpec spec = ConvolutionSpec.of(6, 4, 3).stride(2).padding(1).groups(2);
    // Rows 9 and columns 8 give 5 and 4; each of 4 outputs sees 3 inputs.
    assertEquals(5 * 4 * 4 * 3 * 9, MacCount.electronic(spec, 9, 8));
    assertEquals(MacCount.electronic(spec, 9, 8), MacCount.electronicWithZeros(spec, 9, 8));
  }

  @Test
  void transposedLayersCountTheirInputOrTheirOutput() {
    TransposedSpec spec = TransposedSpec.of(6, 4, 3).stride(2).padding(1).outputPadding(1);
    assertEquals(10 * 10 * 6 * 4 * 9, MacCount.electronic(spec, 10, 10));
    assertEquals(20 * 20 * 6 * 4 * 9, MacCount.electronicWithZeros(spec, 10, 10));
    // Both kinds of adjoint do the same products.
    assertEquals(
        MacCount.electronic(ConvolutionSpec.of(4, 6, 3).stride(2).padding(1), 20, 20),
        MacCount.electronic(spec, 10, 10));
  }

  @Test
  void tilesAreWholeAndStridesAreLost() {
    ConvolutionSpec same = ConvolutionSpec.of(5, 7, 3).padding(1);
    // 64 outputs in tiles of 30: three, the last with four.
    assertEquals(3 * 3 * 5 * 7 * (2 * 32 * 32 - 4), MacCount.tiled(same, 64, 64, 32));
    assertEquals(
        MacCount.tiled(same, 64, 64, 32), MacCount.tiled(same.stride(2).bias(false), 64, 64, 32));
    TransposedSpec up = TransposedSpec.of(5, 7, 3).stride(2).padding(1).outputPadding(1);
    assertEquals(MacCount.tiled(same, 64, 64, 32), MacCount.tiled(up, 32, 32, 32));
    // Dilation makes the kernel larger: 64 outputs in tiles of 32 − 5 + 1 = 28.
    assertEquals(
        MacCount.tiled(same, 64, 64, 32),
        MacCount.tiled(same.dilation(2, 2).padding(2), 64, 64, 32));
    assertEquals(
        4 * 4 * 5 * 7 * (2 * 32 * 32 - 4),
        MacCount.tiled(same.dilation(6, 6).padding(6), 64, 64, 32)); // 20
  }

  @Test
  void theBestTileIsAsGoodAsAny() {
    ConvolutionSpec spec = ConvolutionSpec.of(2, 3, 5).padding(2);
    long best = MacCount.tiledBest(spec, 40, 70, 100);
    boolean found = false;
    for (int side = 5; side <= 100; side++) {
      assertTrue(MacCount.tiled(spec, 40, 70, side) >= best);
      found |= MacCount.tiled(spec, 40, 70, side) == best;
    }
    assertTrue(found);
  }

  @Test
  void aTileSmallerThanTheKernelIsRefused() {
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> MacCount.tiled(ConvolutionSpec.of(1, 1, 7), 20, 20, 6));
    assertTrue(refusal.getMessage().contains("a tile of 6 samples"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("extent of 7"), refusal.getMessage());
  }
}
