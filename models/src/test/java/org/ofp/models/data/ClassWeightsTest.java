// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private static final byte X = (byte) Samples.IGNORED;

  /** By hand, over 2×2 samples; class 3 never occurs. */
  @Test
  void byMedianFrequency() {
    Samples samples = ArraySamples.ofLabels(2, new byte[][] {{0, 0, 0, 1}, {0, 0, 2, 2}});
    // class 0: 5/8; class 1: 1/4 (of the first sample alone); class 2: 2/4; median 1/2
    double[] expected = {0.5 / 0.625, 0.5 / 0.25, 1, 0};
    assertArrayEquals(expected, ClassWeights.medianFrequency(samples, 4), 1e-15);
  }

  @Test
  void ofAnEvenNumberOfClassesTheMeanOfTheMiddleTwo() {
    Samples samples = ArraySamples.ofLabels(2, new byte[][] {{0, 0, 0, 1}});
    assertArrayEquals(new double[] {2. / 3, 2}, ClassWeights.medianFrequency(samples, 2), 1e-15);
  }

  @Test
  void ignoredPixelsAreNotCounted() {
    Samples samples = ArraySamples.ofLabels(2, new byte[][] {{0, 1, 1, X}, {0, 0, 0, 0}});
    // 5/7 and 2/3, median 29/42; with the ignored pixel, 5/8 and 2/4
    double[] expected = {29. / 30, 29. / 28};
    assertArrayEquals(expected, ClassWeights.medianFrequency(samples, 2), 1e-15);
  }

  @Test
  void nothingLabelledWeighsNothing() {
    Samples samples = ArraySamples.ofLabels(1, new byte[][] {{X}});
    assertArrayEquals(new double[2], ClassWeights.medianFrequency(samples, 2));
  }
}
