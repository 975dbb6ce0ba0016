// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.ofp.optics.Benches.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;

class LightTablesValidationTest {
  /** Products of a few floats. */
  private static final double ROUNDING = 4e-7;

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /** Real and imaginary part of a factor. */
  private static double[] factor(LensFactors f, int k, int l) {
    double rowRe = f.rowFactors()[2 * k];
    double rowIm = f.rowFactors()[2 * k + 1];
    return new double[] {
      rowRe * f.colRe()[l] - rowIm * f.colIm()[l], rowRe * f.colIm()[l] + rowIm * f.colRe()[l]
    };
  }

  /**
   * A pixel of the frame with origin [0,0] stands at (p − N₀) from the axis, so that its light at
   * frequency k is exp(−2πi(p−N₀)k/N), over the DFT's a factor exp(2πi·N₀·k/N) per axis; the lens
   * adds 1/i, the SLM's pixels √F·sinc(√F·k/N) per axis with signed k.
   */
  @ParameterizedTest
  @CsvSource({"6, 8, 0", "5, 7, 0", "6, 7, 0.81", "4, 4, 1", "1, 1, 0", "1, 2, 0.5"})
  void factorsMoveTheDftToTheAxis(int rows, int cols, double fill) {
    FrameShape shape = new FrameShape(rows, cols);
    LensFactors factors = new LensFactors(shape, new PixelEnvelope(fill, rows, cols));
    double width = Math.sqrt(fill);
    for (int v = -(rows / 2); v < rows - rows / 2; v++) {
      for (int u = -(cols / 2); u < cols - cols / 2; u++) {
        double angle =
            2
                    * Math.PI
                    * ((double) shape.axisRow() * v / rows + (double) shape.axisCol() * u / cols)
                - Math.PI / 2;
        double weight = fill == 0 ? 1 : fill * sinc(width * v / rows) * sinc(width * u / cols);
        double[] f = factor(factors, Math.floorMod(v, rows), Math.floorMod(u, cols));
        assertEquals(weight * Math.cos(angle), f[0], ROUNDING, v + ", " + u);
        assertEquals(weight * Math.sin(angle), f[1], ROUNDING, v + ", " + u);
      }
    }
    assertEquals(rows % 2 == 0 && cols % 2 == 0 && fill == 0, factors.isAlternating());
    for (int i = 0; factors.isAlternating() && i < rows * cols; i++) {
      double[] f = factor(factors, i / cols, i % cols);
      assertEquals(0, f[0], 0.0);
      assertEquals((i / cols + i % cols) % 2 == 0 ? -1.0 : 1, f[1]);
    }
  }

  @Test
  void anIdealBenchNeedsNothingButTheLens() {
    LightTables tables = new LightTables(bench("ideal"), new FrameShape(4, 6));
    assertNull(tables.plane());
    assertNull(tables.openPlane());
    assertNull(tables.sampling());
    assertNull(tables.places());
    assertNull(tables.gapWeights());
    assertNull(tables.power());
    assertNotNull(tables.lens());
    float[] light = tables.evenLight(true);
    for (int i = 0; i < light.length; i++) {
      assertEquals(i % 2 == 0 ? 1f : 0f, light[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({"lens.rotation, 0.1", "lens.magnification, 1.1", "lens.distortion, 0.05"})
  void aDistortedPatternIsAskedForBetweenTheBins(String name, String value) {
    FrameShape shape = new FrameShape(6, 5);
    LightTables tables = new LightTables(bench("ideal", name, value, "lens.shift-x", "1"), shape);
    assertNull(tables.lens());
    assertNull(tables.plane(), "the shift is part of the map");
    assertEquals(shape.pixels(), tables.places().rowNeighbours().count());
    assertEquals(shape.pixels(), tables.sampling().v().length);
    assertNull(tables.power());
  }

  /** √ρ times a mirror over the whole pixel less one over its modulating part, at the pixel. */
  @Test
  void gapsReflectTheDifferenceOfTwoEnvelopes() {
    FrameShape shape = new FrameShape(6, 5);
    String[] pairs = {
      "slm.fill-factor", "0.64", "slm.gap-reflectivity", "0.25", "sensor.fill-factor", "0.49"
    };
    LightTables tables = new LightTables(bench("ideal", pairs), shape);
    double root = 0.8;
    for (int i = 0; i < shape.pixels(); i++) {
      double v = i / 5 - 3;
      double u = i % 5 - 2;
      double expected =
          0.5 * (sinc(v / 6) * sinc(u / 5) - 0.64 * sinc(root * v / 6) * sinc(root * u / 5));
      assertEquals(expected, tables.gapWeights()[i], ROUNDING);
    }
    // On the fine grid bin [1, 9] stands for ½ and −½ pixels; twice for the padding to four times
    // the pixels, of which the unitary scale is the root.
    double half = 0.5 * (sinc(0.5 / 6) * sinc(0.5 / 5) - 0.64 * sinc(0.4 / 6) * sinc(0.4 / 5));
    assertEquals(2 * half, tables.power().gapWeights()[10 + 9], ROUNDING);
    assertEquals(2 * root * sinc(0.4 / 6), tables.power().rowWeights()[1], ROUNDING);
    assertEquals(root * sinc(0.4 / 5), tables.power().colWeights()[9], ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"1", "1.25"})
  void powerIsAveragedOverThePixel(String magnification) {
    FrameShape shape = new FrameShape(6, 5);
    String[] pairs = {"sensor.fill-factor", "0.49", "lens.magnification", magnification};
    PowerTables power = new LightTables(bench("ideal", pairs), shape).power();
    double width = 0.7 / Double.parseDouble(magnification);
    for (int m = -6; m < 6; m++) {
      int i = Math.floorMod(m, 12);
      assertEquals(sinc(width * m / 6), power.rowTransfer()[i], ROUNDING);
    }
    for (int m = -5; m < 5; m++) {
      int i = Math.floorMod(m, 10);
      assertEquals(sinc(width * m / 5), power.colTransfer()[i], ROUNDING);
    }
    assertNull(power.gapWeights());
    assertEquals(magnification.equals("1"), power.places() == null);
  }

  /** The transform of a Gaussian of σ pixels, sampled, is exp(−2π²σ²f²) where σ is not small. */
  @ParameterizedTest
  @CsvSource({"1.5, 16", "2, 15"})
  void crosstalkIsAGaussianBlur(double sigma, int n) {
    float[] transfer = CrosstalkTransfer.of(sigma, n);
    for (int k = 0; k < n; k++) {
      double sum = 0;
      for (int x = -100; x <= 100; x++) {
        double gauss = Math.exp(-x * x / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
        sum += gauss * Math.cos(2 * Math.PI * x * k / n);
      }
      // The sampled Gaussian's images add exp(−2π²σ²(1−f)²), below exp(−π²σ²/2) = 2e−5 at ½.
      assertEquals(sum, transfer[k], 3e-5);
    }
    assertEquals(1, transfer[0]);
  }

  @Test
  void pointingShiftsThePatternFrameByFrame() {
    BenchParameters bench = bench("ideal", "beam.pointing", "1e-4", "lens.shift-x", "3");
    FrameShape shape = new FrameShape(20, 30);
    double turns = 8e-6 * 1e-4 / 633e-9;
    int n = Statistics.count(2000, 50_000);
    double x2 = 0;
    double y2 = 0;
    for (int id = 0; id < n; id++) {
      BenchParameters pointed = PointedBeam.of(bench, shape, id, 0);
      x2 += Math.pow((pointed.lens().shiftX() - 3) / (30 * turns), 2) / n;
      y2 += Math.pow(pointed.lens().shiftY() / (20 * turns), 2) / n;
    }
    double error = Statistics.SIGMAS * Math.sqrt(2.0 / n);
    Statistics.assertWithin(1, x2, error, "over the columns");
    Statistics.assertWithin(1, y2, error, "over the rows");
    assertEquals(
        PointedBeam.of(bench, shape, 5, 2).lens(), PointedBeam.of(bench, shape, 5, 2).lens());
    assertEquals(true, PointedBeam.wanders(bench));
    assertEquals(false, PointedBeam.wanders(bench("ideal")));
  }
}
