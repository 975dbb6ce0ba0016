// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold for transforms of any size; each figure is a few roundings of 2⁻²⁴ = 6e-8. */
class FftPropertiesTest {

  @Provide
  Arbitrary<String> engines() {
    return Arbitraries.of(Engines.fft().toList());
  }

  @Property(tries = 100)
  void inverseUndoesForward(
      @ForAll("engines") String engine,
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 70) int cols) {
    FftPlan plan = Kernels.fft(engine).plan(rows, cols);
    float[] frame = Numbers.gaussian(1, 2 * rows * cols);
    float[] back = frame.clone();
    plan.forward(back, 0, 1);
    plan.inverse(back, 0, 1);
    // Twice the error of one direction (see FftTest).
    assertTrue(Numbers.relativeError(back, Numbers.widen(frame)) <= 1e-6);
  }

  @Property(tries = 100)
  void energyIsKept(
      @ForAll("engines") String engine,
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 70) int cols) {
    float[] frame = Numbers.gaussian(2, 2 * rows * cols);
    double before = Numbers.energy(frame);
    Kernels.fft(engine).plan(rows, cols).forward(frame, 0, 1);
    // A relative error e of the field is at most 2e of the energy.
    assertEquals(1, Numbers.energy(frame) / before, 1e-6);
  }

  @Property(tries = 100)
  void sumsGoToSums(
      @ForAll("engines") String engine,
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 70) int cols) {
    FftPlan plan = Kernels.fft(engine).plan(rows, cols);
    int floats = 2 * rows * cols;
    float[] a = Numbers.gaussian(3, floats);
    float[] b = Numbers.gaussian(4, floats);
    float[] sum = new float[floats];
    for (int i = 0; i < floats; i++) {
      sum[i] = a[i] - 3 * b[i];
    }
    plan.forward(a, 0, 1);
    plan.forward(b, 0, 1);
    plan.forward(sum, 0, 1);
    double[] expected = new double[floats];
    for (int i = 0; i < floats; i++) {
      expected[i] = a[i] - 3.0 * b[i];
    }
    // Three transforms' errors, which add in squares, and the rounding of the sum itself.
    assertTrue(Numbers.relativeError(sum, expected) <= 1e-6);
  }
}
