// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.FrameShape;
import org.ofp.kernels.Kernels;

class ModulatorTest {
  private static Modulator modulator(String amplitudeBits, String phaseBits) {
    return new Modulator(
        Bench.parameters(
            "sim:ideal?slm.amplitude-bits=" + amplitudeBits + "&slm.phase-bits=" + phaseBits),
        new FrameShape(1, 1),
        Kernels.fft());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 12})
  void amplitudesHaveEqualStepsFromZeroToOne(int bits) {
    int steps = (1 << bits) - 1;
    for (String phaseBits : new String[] {"off", "3"}) {
      Modulator modulator = modulator("" + bits, phaseBits);
      TreeSet<Integer> levels = new TreeSet<>();
      int n = 20 * (steps + 1);
      for (int i = 0; i <= n; i++) {
        float[] a = {(float) i / n, 0};
        float requested = a[0];
        modulator.modulate(a, 1, true, null, new Lanes());
        assertEquals(0f, a[1]);
        // The nearest of k/steps, as a float; at most half a step from what was asked.
        int k = Math.round(a[0] * steps);
        levels.add(k);
        assertEquals((float) k / steps, a[0], Math.ulp(a[0]));
        assertTrue(Math.abs(a[0] - requested) <= 0.5 / steps + 2e-7, requested + " shows " + a[0]);
      }
      assertEquals(steps + 1, levels.size(), "all levels and no others");
      assertEquals(0, levels.first());
      assertEquals(steps, levels.last());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 11})
  void phasesHaveEqualLevelsOverTheCircle(int bits) {
    int count = 1 << bits;
    Modulator modulator = modulator("off", "" + bits);
    TreeSet<Integer> levels = new TreeSet<>();
    double step = 2 * Math.PI / count;
    int n = 20 * count + 7;
    for (int i = 0; i < n; i++) {
      double phase = 2 * Math.PI * i / n;
      float[] a = {(float) (0.5 * Math.cos(phase)), (float) (0.5 * Math.sin(phase))};
      modulator.modulate(a, 1, true, null, new Lanes());
      double shown = Math.atan2(a[1], a[0]);
      int level = Math.floorMod(Math.round(shown / step), count);
      levels.add(level);
      assertEquals(0.5 * Math.cos(level * step), a[0], 6e-8);
      assertEquals(0.5 * Math.sin(level * step), a[1], 6e-8);
      // Half a step, and the error of the fast phase.
      double off = Math.abs(Math.IEEEremainder(shown - phase, 2 * Math.PI));
      assertTrue(off <= step / 2 + 1e-6, "phase " + phase + " shows " + shown);
    }
    assertEquals(count, levels.size(), "all levels, 2π the same as 0");
  }

  @Test
  void bothDrivesTogether() {
    Modulator modulator = modulator("2", "2");
    float[] a = {0.6f, 0.1f, -0.1f, 0.9f, -0.3f, -0.02f, 0.01f, -0.99f, 0, 0, 0.1f, 0.1f};
    modulator.modulate(a, 6, true, null, new Lanes());
    float third = 1 / 3f;
    assertArrayEquals(new float[] {2 * third, 0, 0, 1, -third, 0, 0, -1, 0, 0, 0, 0}, a, 1e-7f);
  }

  @ParameterizedTest
  @CsvSource({"off,off", "8,off", "off,8", "8,8"})
  void amplitudesAreClampedToOne(String amplitudeBits, String phaseBits) {
    float excess = (float) (1 + 1e-6);
    float[] a = {excess, 0, 0, -excess, 0.6f * excess, 0.8f * excess};
    modulator(amplitudeBits, phaseBits).modulate(a, 3, true, null, new Lanes());
    for (int i = 0; i < 6; i += 2) {
      assertEquals(1, Math.hypot(a[i], a[i + 1]), 1.2e-7);
    }
  }

  @Test
  void aContinuousModulatorShowsWhatIsAsked() {
    Random random = new Random(1);
    float[] a = new float[2000];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) (random.nextDouble() * 1.4 - 0.7);
    }
    float[] shown = a.clone();
    modulator("off", "off").modulate(shown, 1000, true, null, new Lanes());
    assertArrayEquals(a, shown);
  }

  @Test
  void onlyTheFramesAskedForAreTouched() {
    float[] a = {0.3f, 0.3f, 0.3f, 0.3f, 0.3f, 0.3f};
    modulator("1", "1").modulate(a, 2, true, null, new Lanes());
    assertArrayEquals(new float[] {0, 0, 0, 0, 0.3f, 0.3f}, a);
  }
}
