// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Benches.bench;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;

class ModulatorTablesTest {
  private static final FrameShape SHAPE = new FrameShape(5, 6);

  private static ModulatorTables tables(String... pairs) {
    return new ModulatorTables(bench("ideal", pairs), SHAPE);
  }

  /** Options that go their own way from a modulator with 3 bits of amplitude and 4 of phase. */
  @ParameterizedTest
  @CsvSource({
    "pitch, 8e-6, true",
    "slm.amplitude-bits, off, true",
    "slm.gamma, 2, true",
    "slm.contrast, 100, true",
    "slm.phase-gamma, 2, true",
    "slm.crosstalk, 0.3, false",
    "slm.settle, 1e-3, false",
    "slm.phase-bits, off, false",
    "slm.modulation, amplitude-only, false"
  })
  void levelsAreLookedUpWhereEveryPixelStandsForItself(String name, String value, boolean lookUp) {
    String[] pairs = {"slm.amplitude-bits", "3", "slm.phase-bits", "4", name, value};
    ModulatorTables tables = tables(pairs);
    assertEquals(lookUp, tables.isLookUp());
    assertFalse(tables.isContinuous());
    assertEquals(lookUp ? 2 * 16 : 0, tables.circle() == null ? 0 : tables.circle().length);
    boolean levels = lookUp && !(name.equals("slm.amplitude-bits") && value.equals("off"));
    assertEquals(levels ? 8 : 0, tables.magnitudes() == null ? 0 : tables.magnitudes().length);
  }

  @ParameterizedTest
  @CsvSource({
    "pitch, 8e-6, true",
    "slm.gamma, 2, false",
    "slm.contrast, 100, false",
    "slm.phase-gamma, 2, false",
    "slm.phase-range, 6, false",
    "slm.crosstalk, 0.3, false",
    "slm.settle, 1e-3, false",
    "slm.drive, iq, false",
    "slm.modulation, amplitude-only, false",
  })
  void anIdealModulatorShowsWhatIsAsked(String name, String value, boolean continuous) {
    ModulatorTables tables = tables(name, value);
    assertEquals(continuous, tables.isContinuous());
    assertEquals(continuous, tables.isTransparent());
    assertFalse(tables.isLookUp());
  }

  @Test
  void levelsShowTheResponse() {
    ModulatorTables tables =
        tables(
            "slm.amplitude-bits",
            "2",
            "slm.phase-bits",
            "2",
            "slm.gamma",
            "2",
            "slm.contrast",
            "100",
            "slm.phase-range",
            "3");
    // a → c + (1−c)·a with c = 1/√100, of drives 0, 1/3, 2/3, 1 squared.
    assertArrayEquals(new float[] {0.1f, 0.2f, 0.5f, 1}, tables.magnitudes(), 1e-7f);
    for (int level = 0; level < 4; level++) {
      assertEquals(Math.cos(3 * level / 4.0), tables.circle()[2 * level], 1e-7);
      assertEquals(Math.sin(3 * level / 4.0), tables.circle()[2 * level + 1], 1e-7);
    }
  }

  @Test
  void badPixelsShowWhatTheyAlwaysDo() {
    String[] pairs = {
      "slm.dead-pixels", "0.3", "slm.stuck-pixels", "0.4", "unit", "3", "rows", "9", "cols", "10"
    };
    ModulatorTables tables = tables(pairs);
    FixedPattern pattern = new FixedPattern(bench("ideal", pairs), SHAPE);
    assertTrue(tables.isContinuous());
    assertFalse(tables.isTransparent());
    int[] bad = tables.badPixels();
    assertEquals(2 * bad.length, tables.badAmplitudes().length);
    int dead = 0;
    for (int pixel = 0; pixel < SHAPE.pixels(); pixel++) {
      int i = Arrays.binarySearch(bad, pixel);
      assertEquals(pattern.isDead(pixel) || pattern.isStuck(pixel), i >= 0);
      if (i < 0) {
        continue;
      }
      double magnitude = pattern.isDead(pixel) ? 0 : pattern.stuckDrive(pixel, 0);
      double angle = 2 * Math.PI * pattern.stuckDrive(pixel, 1);
      assertEquals(magnitude * Math.cos(angle), tables.badAmplitudes()[2 * i], 1e-6);
      assertEquals(magnitude * Math.sin(angle), tables.badAmplitudes()[2 * i + 1], 1e-6);
      dead += magnitude == 0 ? 1 : 0;
    }
    assertTrue(
        dead > 0 && dead < bad.length && bad.length < SHAPE.pixels(), "seeds make all three");
  }

  @Test
  void drivesTellTheirLevels() {
    Drive levels = tables("slm.amplitude-bits", "3", "slm.phase-bits", "4").drive();
    assertEquals(7, levels.steps());
    assertEquals(16, levels.levels());
    assertFalse(levels.isQuadratures());
    float[] a = {0, -0.49f, 3, 4, 0.001f, -0.0001f};
    levels.set(a, 0, 3);
    // 0.49·7 = 3.43 → 3, phase −¼ turn = 12/16; clamped; −0.016 turns is level 0 again.
    assertArrayEquals(new float[] {3 / 7f, 12 / 16f, 1, 2 / 16f, 0, 0}, a);
    Drive iq = tables("slm.drive", "iq", "slm.iq-bits", "3").drive();
    assertTrue(iq.isQuadratures());
    assertEquals(3, iq.steps());
    float[] b = {9, 0.1f, -0.4f, 9};
    iq.set(b, 0, 1);
    assertArrayEquals(new float[] {1, 0, -0.4f, 9}, b, "mid-tread, and of one number alone");
  }

  @Test
  void responsesTellWhatTheyAre() {
    Response gamma = tables("slm.gamma", "1.8").display().amplitudeResponse();
    assertEquals(1.8, gamma.gamma());
    assertNull(gamma.table());
    Response table = tables("slm.phase-lut", "0,0.2,1").display().phaseResponse();
    assertEquals(1, table.gamma());
    assertArrayEquals(new double[] {0, 0.2, 1}, table.table());
    table.table()[1] = 7;
    assertEquals(0.2, table.apply(0.5), "the table is a copy");
  }

  @Test
  void aPanelSettlesByAShareInAFramePeriod() {
    assertNull(Settling.of(bench("ideal")));
    BenchParameters bench =
        bench("ideal", "rows", "9", "cols", "10", "slm.settle", "2e-3", "slm.frame-period", "3e-3");
    Settling settling = Settling.of(bench);
    assertEquals(1 - Math.exp(-1.5), settling.share(), 1e-7);
    // Axes on each other: rows 4 and 2, columns 5 and 3.
    assertEquals(2, settling.top(SHAPE));
    assertEquals(2, settling.left(SHAPE));
  }
}
