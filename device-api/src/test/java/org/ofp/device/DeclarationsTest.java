// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.ofp.device.Failures.assertFails;

import org.junit.jupiter.api.Test;

/** What devices declare, and what callers ask for, is checked where it is made. */
class DeclarationsTest {
  private static final double[] NOT_FINITE_OR_NEGATIVE = {
    -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private static Capabilities capabilities(
      Modulation modulation, ComplexEncoding encoding, EnergyUse energy) {
    return new Capabilities(
        new FrameShape(4, 8),
        true,
        modulation,
        encoding,
        0,
        0,
        ReadoutMode.COHERENT,
        12,
        1e-6,
        1,
        1e-3,
        2e-3,
        5e-4,
        Determinism.NONE,
        BufferKind.HEAP,
        energy,
        1);
  }

  @Test
  void noiseIsFiniteAndNotNegative() {
    for (double bad : NOT_FINITE_OR_NEGATIVE) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new DetectorNoise(bad, 0), "conversion gain");
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new DetectorNoise(0, bad), "read noise");
    }
    assertEquals(new DetectorNoise(0, 0), DetectorNoise.unknown());
  }

  @Test
  void energiesAreFiniteAndNotNegative() {
    for (double bad : NOT_FINITE_OR_NEGATIVE) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new EnergyUse(bad, 0, 0), "source power");
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new EnergyUse(0, bad, 0), "write energy");
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> new EnergyUse(0, 0, bad), "sample energy");
    }
    assertEquals(new EnergyUse(0, 0, 0), EnergyUse.unknown());
  }

  @Test
  void anEncodingSuitsTheModulator() {
    for (Modulation modulation : Modulation.values()) {
      for (ComplexEncoding encoding : ComplexEncoding.values()) {
        boolean direct = encoding == ComplexEncoding.DIRECT;
        boolean fits =
            switch (modulation) {
              case COMPLEX -> direct;
              case PHASE_ONLY -> !direct;
              case AMPLITUDE_ONLY -> encoding == ComplexEncoding.NONE;
            };
        if (fits) {
          assertSame(
              encoding, capabilities(modulation, encoding, EnergyUse.unknown()).complexEncoding());
        } else {
          assertFails(
              ErrorCode.INVALID_ARGUMENT,
              () -> capabilities(modulation, encoding, EnergyUse.unknown()),
              modulation.toString(),
              encoding.toString());
        }
      }
    }
    assertEquals(1, ComplexEncoding.DIRECT.frames());
    assertEquals(2, ComplexEncoding.DOUBLE_PHASE.frames());
  }

  @Test
  void timeAndEnergyOfAFrameAddUp() {
    Capabilities device =
        capabilities(Modulation.COMPLEX, ComplexEncoding.DIRECT, new EnergyUse(0.5, 1e-9, 2e-9));
    assertEquals(2e-3 + 4 * (5e-4 + 1e-2), device.frameSeconds(4, 1e-2), 1e-15);
    // Light for 4·10 ms, 32 pixels written, 4 reads of two planes of 32 values.
    assertEquals(
        0.5 * 4e-2 + 32e-9 + 256 * 2e-9, device.frameJoules(new FrameShape(4, 8), 4, 1e-2), 1e-15);
  }

  @Test
  void transformOptionsAreChecked() {
    TransformOptions defaults = TransformOptions.defaults();
    assertEquals(new TransformOptions(true, 0.8, 1, 4), defaults);
    assertEquals(
        new TransformOptions(false, 0.8, 3, 2.5), defaults.digitalMean(false).exposures(3, 2.5));
    assertEquals(4, defaults.exposures(TransformOptions.MAX_EXPOSURES).exposureRatio());
    assertEquals(1, defaults.slices());
    assertEquals(1, defaults.repeats());
    assertEquals(
        new TransformOptions(false, 0.8, 3, 2.5, 2, 5),
        defaults.slices(2).repeats(5).digitalMean(false).exposures(3, 2.5));
    for (int bad : new int[] {0, -1, 9}) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT, () -> defaults.slices(bad), bad + " slices", "1 to 8");
    }
    for (int bad : new int[] {0, -1, 1025}) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT, () -> defaults.repeats(bad), bad + " repeats", "1 to 1024");
    }
    for (int bad : new int[] {0, -1, 9}) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT, () -> defaults.exposures(bad), bad + " exposures", "1 to 8");
    }
    for (double bad : new double[] {1, 0, -4, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> defaults.exposures(2, bad), "ratio");
    }
    for (double bad : new double[] {0, 1.1, Double.NaN}) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT, () -> new TransformOptions(true, bad, 1, 4), "target");
    }
  }
}
