// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;

/**
 * A measured map of the panel's phase, stretched over the active area: each number stands for the
 * middle of its share of the area, linear in between and constant beyond the outermost. A map of
 * the panel's size gives every pixel its number.
 */
class WavefrontMapValidationTest {
  private static final String MODEL = "bilinear interpolation; option slm.wavefront";

  @TempDir private Path folder;

  /** Writes a map, the first line along the top row, and gives the option that takes it. */
  private String option(double[][] map) throws IOException {
    StringBuilder text = new StringBuilder("# phases in rad\n");
    for (double[] line : map) {
      for (double value : line) {
        text.append(String.format(Locale.ROOT, "%.9f ", value));
      }
      text.append('\n');
    }
    Path file = folder.resolve("map.txt");
    Files.writeString(file, text);
    return "slm.wavefront=" + file;
  }

  @ParameterizedTest
  @CsvSource({"3,0", "-1,0", "0,2.5", "0,-7", "1.25,-0.5"})
  void aRampMovesTheSpot(double overRows, double overCols) throws IOException {
    // k waves over N pixels are k detector pixels.
    int n = 64;
    double[][] map = new double[n][n];
    for (int row = 0; row < n; row++) {
      for (int col = 0; col < n; col++) {
        map[row][col] = 2 * Math.PI * (overRows * row + overCols * col) / n;
      }
    }
    float[] gaussian = Frames.amplitude(n, n, (r, c) -> Math.exp(-(r * r + c * c) / 80.0));
    double[] spot = Light.intensity(n, n, option(map), gaussian);
    double[] expected = {overRows, overCols};
    double[] found = {Spots.row(spot, n, n), Spots.column(spot, n, n)};
    for (int axis = 0; axis < 2; axis++) {
      Validation place =
          new Validation(
              "wavefront map",
              "%s waves over the rows, %s over the columns, place over the %s"
                  .formatted(overRows, overCols, axis == 0 ? "rows" : "columns"),
              "λf/D per wave across D, in detector pixels",
              MODEL,
              expected[axis],
              found[axis],
              1e-5,
              "phases in float, 64/2π pixels per radian");
      place.check();
      if (expected[axis] != 0) {
        place.assertRefuses(-found[axis], "the other direction");
        place.assertRefuses(found[axis] * n / (n - 1.0), "a map from edge to edge");
      }
    }
  }

  private static double bilinear(double[][] map, double v, double u) {
    double row = Math.max(0, Math.min(map.length - 1, v * map.length - 0.5));
    double col = Math.max(0, Math.min(map[0].length - 1, u * map[0].length - 0.5));
    int r = Math.min((int) row, map.length - 2);
    int c = Math.min((int) col, map[0].length - 2);
    double top = map[r][c] + (col - c) * (map[r][c + 1] - map[r][c]);
    double bottom = map[r + 1][c] + (col - c) * (map[r + 1][c + 1] - map[r + 1][c]);
    return top + (row - r) * (bottom - top);
  }

  @ParameterizedTest
  @CsvSource({"5,7,30,24,30,24", "3,3,17,40,17,40", "9,4,48,48,20,13", "33,41,32,40,32,40"})
  void anyMap(int lines, int numbers, int rows, int cols, int windowRows, int windowCols)
      throws IOException {
    long seed = 12;
    Random random = new Random(seed);
    double[][] map = new double[lines][numbers];
    for (double[] line : map) {
      for (int i = 0; i < numbers; i++) {
        line[i] = random.nextGaussian();
      }
    }
    int axisRow = rows / 2;
    int axisCol = cols / 2;
    // A window shows the middle of the panel.
    Frames.Plane phase =
        (y, x) -> bilinear(map, (y + axisRow + 0.5) / rows, (x + axisCol + 0.5) / cols);
    FrameShape window = new FrameShape(windowRows, windowCols);
    float[] uniform = Frames.uniform(windowRows, windowCols, 1, 0);
    double[] shown;
    double[] flat;
    try (Light light = Light.coherent(rows, cols, option(map));
        Light ideal = Light.coherent(rows, cols, "")) {
      shown = light.field(window, uniform, 0);
      flat = ideal.field(window, uniform, 0);
    }
    double[] expected =
        new Diffraction(Frames.phase(windowRows, windowCols, phase), windowRows, windowCols)
            .field();
    Validation field =
        new Validation(
            "wavefront map",
            "map of %d×%d, seed %d, window of %s on %d×%d"
                .formatted(lines, numbers, seed, window, rows, cols),
            "field of exp(iφ) with φ bilinear, relative error",
            MODEL,
            0,
            Diffraction.relativeError(shown, expected),
            2e-6,
            "phases and a transform in float");
    field.check();
    field.assertRefuses(Diffraction.relativeError(flat, expected), "a flat panel");
  }

  @ParameterizedTest
  @CsvSource({"0.3,64,0.913952", "0.7,32,0.613005"})
  void randomPhasePerPixel(double sigma, int n, double expected) throws IOException {
    long seed = 31;
    Random random = new Random(seed);
    double[] orders = new double[Sample.count(40, 400)];
    float[] uniform = Frames.uniform(n, n, 1, 0);
    for (int i = 0; i < orders.length; i++) {
      double[][] map = new double[n][n];
      for (double[] line : map) {
        for (int j = 0; j < n; j++) {
          line[j] = sigma * random.nextGaussian();
        }
      }
      orders[i] = Light.share(Light.intensity(n, n, option(map), uniform), n, n, 0, 0);
    }
    double standardError = Math.sqrt(Sample.variance(orders) / (orders.length - 1));
    Validation mean =
        new Validation(
            "random pixel phase",
            "slm.wavefront map, σ = %s, M = %d, seed %d".formatted(sigma, n * n, seed),
            "e^(−σ²) + (1−e^(−σ²))/M",
            "Goodman, Statistical Optics, section 8.3; physics.md",
            expected,
            Sample.mean(orders),
            Sample.SIGMAS * standardError + 1e-6,
            Sample.ORIGIN + " of the mean, which is %.2g".formatted(standardError));
    mean.check();
    mean.assertRefuses(Light.share(Light.intensity(n, n, "", uniform), n, n, 0, 0), "a flat panel");
  }
}
