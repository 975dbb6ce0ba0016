// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.optics.BenchParameters;

/**
 * What the sensor sees: the diffraction integral with SLM and detector coordinates from the optical
 * axis through pixel [⌊R/2⌋, ⌊C/2⌋] and a lens's factor 1/i (Goodman, section 5.2).
 */
class RawFrameValidationTest {
  private static final double UNIT; // exposure at which a count is the field itself

  static {
    BenchParameters ideal = Bench.parameters("sim:ideal");
    UNIT = 1 / ideal.calibration().sensitivity();
  }

  /**
   * The transform in float is good to 4e-8 of the frame's norm in each of its two passes (measured
   * and stated by its kernel), factors and products add four roundings of 6e-8.
   */
  private static final double TOLERANCE = 4e-7;

  private static float[] field(int rows, int cols, float[] frame) {
    try (OpticalFourierDevice device = Bench.open("sim:ideal")) {
      return Bench.raw(device, rows, cols, frame, Readout.plain(UNIT));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3", "8,8", "7,5", "5,8", "16,9", "1,6", "6,1", "64,48"})
  void aUniformFrameGoesToThePixelOnTheAxis(int rows, int cols) {
    float[] frame = new float[2 * rows * cols];
    for (int i = 0; i < frame.length; i += 2) {
      frame[i] = 1;
    }
    float[] planes = field(rows, cols, frame);
    int n = rows * cols;
    double peak = Math.sqrt(n);
    float[] expected = new float[2 * n];
    expected[n + rows / 2 * cols + cols / 2] = (float) -peak; // 1/i turns 1 into −i
    assertArrayEquals(expected, planes, (float) (TOLERANCE * peak));
  }

  @ParameterizedTest
  @CsvSource({
    "8,8,4,4",
    "8,8,5,4",
    "8,8,4,5",
    "8,8,0,0",
    "7,5,3,2",
    "7,5,6,0",
    "5,8,0,7",
    "9,16,2,3"
  })
  void aSinglePixelGivesAPhaseRampInTheRightDirection(int rows, int cols, int r0, int c0) {
    float[] frame = new float[2 * rows * cols];
    frame[2 * (r0 * cols + c0)] = 1;
    float[] planes = field(rows, cols, frame);
    int n = rows * cols;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        double x = (double) (c0 - cols / 2) * (c - cols / 2) / cols;
        double y = (double) (r0 - rows / 2) * (r - rows / 2) / rows;
        double phase = -2 * Math.PI * (x + y) - Math.PI / 2;
        int i = r * cols + c;
        double magnitude = 1 / Math.sqrt(n);
        assertEquals(magnitude * Math.cos(phase), planes[i], TOLERANCE, "re at " + r + "," + c);
        assertEquals(magnitude * Math.sin(phase), planes[n + i], TOLERANCE, "im");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"5,8", "8,5", "7,7", "4,6", "11,13", "3,1"})
  void anyFrameGivesTheDiffractionSum(int rows, int cols) {
    float[] a = Bench.randomFrames(2 * rows * cols, 17);
    float[] planes = field(rows, cols, a);
    int n = rows * cols;
    double norm = 0;
    for (float v : a) {
      norm += v * v;
    }
    for (int u = 0; u < n; u++) {
      double re = 0;
      double im = 0;
      for (int s = 0; s < n; s++) {
        double x = (double) (s % cols - cols / 2) * (u % cols - cols / 2) / cols;
        double y = (double) (s / cols - rows / 2) * (u / cols - rows / 2) / rows;
        double cos = Math.cos(-2 * Math.PI * (x + y));
        double sin = Math.sin(-2 * Math.PI * (x + y));
        re += a[2 * s] * cos - a[2 * s + 1] * sin;
        im += a[2 * s] * sin + a[2 * s + 1] * cos;
      }
      double scale = 1 / Math.sqrt(n);
      // (re + i·im)/i
      assertEquals(im * scale, planes[u], TOLERANCE * Math.sqrt(norm), "re of " + u);
      assertEquals(-re * scale, planes[n + u], TOLERANCE * Math.sqrt(norm), "im of " + u);
    }
  }

  @ParameterizedTest
  @CsvSource({"8,9,0,1", "8,9,0,-1", "8,9,1,0", "8,9,-2,3", "15,8,-7,-4", "16,16,5,-6"})
  void aTiltMovesTheSpotByWholePixels(int rows, int cols, int tiltRows, int tiltCols) {
    // One wave over the aperture's width D = N·p moves the spot by λf/D, which is one pixel.
    float[] frame = new float[2 * rows * cols];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        double phase =
            2
                * Math.PI
                * ((double) tiltRows * (r - rows / 2) / rows
                    + (double) tiltCols * (c - cols / 2) / cols);
        frame[2 * (r * cols + c)] = (float) Math.cos(phase);
        frame[2 * (r * cols + c) + 1] = (float) Math.sin(phase);
      }
    }
    float[] planes = field(rows, cols, frame);
    int n = rows * cols;
    int spot = (rows / 2 + tiltRows) * cols + cols / 2 + tiltCols;
    double peak = Math.sqrt(n);
    for (int i = 0; i < n; i++) {
      double magnitude = Math.hypot(planes[i], planes[n + i]);
      assertEquals(i == spot ? peak : 0, magnitude, TOLERANCE * peak, "pixel " + i);
    }
    BenchParameters ideal = Bench.parameters("sim:ideal");
    assertEquals(
        ideal.beam().wavelength() * ideal.lens().focalLength() / (cols * ideal.slm().pitch()),
        ideal.detectorPitch(cols));
  }

  @Test
  void aShiftedFrameChangesPhasesOnly() {
    int rows = 12;
    int cols = 10;
    float[] a = new float[2 * rows * cols];
    float[] shifted = new float[a.length];
    float[] patch = Bench.randomFrames(2 * 4 * 3, 5);
    for (int r = 0; r < 4; r++) {
      for (int c = 0; c < 6; c++) {
        a[2 * (r + 2) * cols + c + 4] = patch[6 * r + c];
        shifted[2 * (r + 5) * cols + c + 10] = patch[6 * r + c];
      }
    }
    float[] before = field(rows, cols, a);
    float[] after = field(rows, cols, shifted);
    int n = rows * cols;
    double moved = 0;
    for (int i = 0; i < n; i++) {
      assertEquals(
          Math.hypot(before[i], before[n + i]),
          Math.hypot(after[i], after[n + i]),
          2 * TOLERANCE,
          "pixel " + i);
      moved = Math.max(moved, Math.abs(before[i] - after[i]));
    }
    assertTrue(moved > 0.1, "negative control: the quadratures do change");
  }

  @Test
  void intensityIsTheSquareAndTheReferenceInterferes() {
    int rows = 6;
    int cols = 7;
    int n = rows * cols;
    float[] a = Bench.randomFrames(2 * n, 23);
    float[] e = field(rows, cols, a);
    String uri = "sim:ideal?readout=four-step&reference.amplitude=1.5";
    double unit = 1 / Bench.parameters(uri).calibration().sensitivity();
    try (OpticalFourierDevice device = Bench.open(uri)) {
      float[] dark = Bench.raw(device, rows, cols, a, Readout.plain(unit));
      for (double phase : new double[] {0, Math.PI / 2, Math.PI, 3 * Math.PI / 2, 0.7, -2}) {
        float[] counts = Bench.raw(device, rows, cols, a, Readout.withReference(unit, phase));
        for (int i = 0; i < n; i++) {
          double power = e[i] * e[i] + e[n + i] * e[n + i];
          double argument = Math.atan2(e[n + i], e[i]);
          double expected =
              power + 1.5 * 1.5 + 2 * 1.5 * Math.sqrt(power) * Math.cos(argument - phase);
          // A few roundings of counts of up to (|E| + R)² ≈ 12.
          assertEquals(power, dark[i], 12 * 4e-7, "no reference");
          assertEquals(expected, counts[i], 12 * 4e-7, "phase " + phase);
        }
      }
    }
  }
}
