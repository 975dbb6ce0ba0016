// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;
import org.ofp.kernels.Kernels;

/** The modulator's look-up, which works on blocks of pixels. */
class LookUpTest {
  /** More than two blocks, and not a multiple of any vector's length. */
  private static final FrameShape SHAPE = new FrameShape(37, 41);

  private static Modulator modulator(FrameShape shape, String amplitudeBits, int phaseBits) {
    return new Modulator(
        Bench.parameters(
            "sim:ideal?slm.amplitude-bits=" + amplitudeBits + "&slm.phase-bits=" + phaseBits),
        shape,
        Kernels.fft());
  }

  /** Among them darkness, the axes, the diagonals and parts too small for a float's full digits. */
  private static float[] frame() {
    float[] a = Bench.randomFrames(2 * SHAPE.pixels(), 3);
    float[] parts = {0, -0f, 0.5f, -0.5f, 1e-20f, -1e-20f, 1e-40f, -1e-40f};
    for (int i = 0; i < 64; i++) {
      a[2 * (500 + i)] = parts[i / 8];
      a[2 * (500 + i) + 1] = parts[i % 8];
    }
    return a;
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "off, 8", "1, 1", "12, 16", "3, 2"})
  void aPixelDependsNeitherOnItsPlaceNorOnItsNeighbours(String amplitudeBits, int phaseBits) {
    float[] a = frame();
    float[] shown = a.clone();
    modulator(SHAPE, amplitudeBits, phaseBits).modulate(shown, 1, true, null, new Lanes());
    Modulator one = modulator(new FrameShape(1, 1), amplitudeBits, phaseBits);
    for (int i = 0; i < a.length; i += 2) {
      float[] pixel = Arrays.copyOfRange(a, i, i + 2);
      one.modulate(pixel, 1, true, null, new Lanes());
      assertArrayEquals(pixel, Arrays.copyOfRange(shown, i, i + 2), "pixel " + i / 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "off, 8", "1, 1", "10, 16", "3, 2"})
  void theNearestLevelIsShown(String amplitudeBits, int phaseBits) {
    float[] a = frame();
    float[] shown = a.clone();
    modulator(SHAPE, amplitudeBits, phaseBits).modulate(shown, 1, true, null, new Lanes());
    double step = 2 * Math.PI / (1 << phaseBits);
    double steps = amplitudeBits.equals("off") ? 1e9 : (1 << Integer.parseInt(amplitudeBits)) - 1;
    for (int i = 0; i < a.length; i += 2) {
      double asked = Math.hypot(a[i], a[i + 1]);
      double magnitude = Math.hypot(shown[i], shown[i + 1]);
      int pixel = i / 2;
      assertTrue(Math.abs(asked - magnitude) <= 0.5 / steps + 2e-7, () -> "pixel " + pixel);
      if (magnitude > 1e-30) {
        double off = Math.atan2(shown[i + 1], shown[i]) - Math.atan2(a[i + 1], a[i]);
        assertTrue(
            Math.abs(Math.IEEEremainder(off, 2 * Math.PI)) <= step / 2 + 1e-6,
            () -> "pixel " + pixel + " is off by " + off);
      }
    }
  }
}
