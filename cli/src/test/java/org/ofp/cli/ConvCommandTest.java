// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.cli.io.NpyArray;

class ConvCommandTest extends CommandTestFolder {
  private static final int N = 2;
  private static final int IN = 4;
  private static final int OUT = 6;
  private static final int H = 11;
  private static final int W = 9;

  @ParameterizedTest
  @CsvSource({
    "sim:ideal, 1, 0, 1, 1, 3, 3, 100",
    "sim:ideal, '2,1', '1,2', '1,2', 2, 3, 2, 100",
    "sim:ideal, 3, 2, 2, 1, 3, 3, 100",
    "sim:ideal, '1,2', '0,1', 1, 2, 1, 1, 120",
    "none, '2,1', '1,2', '1,2', 2, 3, 2, 120",
    "sim:demonstrator, 1, 1, 1, 1, 3, 3, 15",
  })
  void isTheConvolutionByItsDefinition(
      String uri,
      String stride,
      String padding,
      String dilation,
      int groups,
      int kernelRows,
      int kernelCols,
      double snrDb)
      throws IOException {
    float[] x = Arrays2d.random(N * IN * H * W, 1);
    float[] w = Arrays2d.random(OUT * IN / groups * kernelRows * kernelCols, 2);
    float[] b = Arrays2d.random(OUT, 3);
    succeed(
        "conv",
        uri,
        write("x.npy", NpyArray.real(x, N, IN, H, W)),
        write("w.npy", NpyArray.real(w, OUT, IN / groups, kernelRows, kernelCols)),
        path("y.npy"),
        "--bias=" + write("b.npy", NpyArray.real(b, OUT)),
        "--stride=" + stride,
        "--padding=" + padding,
        "--dilation=" + dilation,
        "--groups=" + groups);
    NpyArray y = read("y.npy");
    int[] s = pair(stride);
    int[] p = pair(padding);
    int[] d = pair(dilation);
    int rows = (H + 2 * p[0] - d[0] * (kernelRows - 1) - 1) / s[0] + 1;
    int cols = (W + 2 * p[1] - d[1] * (kernelCols - 1) - 1) / s[1] + 1;
    assertArrayEquals(new int[] {N, OUT, rows, cols}, y.shape());
    double[] exact = new double[N * OUT * rows * cols];
    int at = 0;
    for (int n = 0; n < N; n++) {
      for (int o = 0; o < OUT; o++) {
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < cols; c++, at++) {
            exact[at] = b[o];
            for (int i = 0; i < IN / groups; i++) {
              int channel = o / (OUT / groups) * (IN / groups) + i;
              for (int u = 0; u < kernelRows; u++) {
                for (int v = 0; v < kernelCols; v++) {
                  int row = r * s[0] - p[0] + u * d[0];
                  int col = c * s[1] - p[1] + v * d[1];
                  if (row >= 0 && row < H && col >= 0 && col < W) {
                    exact[at] +=
                        (double) x[((n * IN + channel) * H + row) * W + col]
                            * w[((o * (IN / groups) + i) * kernelRows + u) * kernelCols + v];
                  }
                }
              }
            }
          }
        }
      }
    }
    double snr = Arrays2d.snrDb(exact, y.values());
    assertTrue(snr > snrDb, "SNR " + snr);
  }

  @Test
  void jsonAndTextNameTheRoute() throws IOException {
    String x = write("x.npy", NpyArray.real(new float[16], 1, 1, 4, 4));
    String large = write("w3.npy", NpyArray.real(new float[9], 1, 1, 3, 3));
    String small = write("w1.npy", NpyArray.real(new float[1], 1, 1, 1, 1));
    JsonNode optical = json(succeed("conv", "--json", "sim:ideal", x, large, path("y.npy")));
    assertEquals("optical", optical.get("route").asText());
    assertTrue(optical.get("frames").asLong() > 0);
    assertTrue(optical.get("seconds").asDouble() > 0);
    assertEquals("[1,1,2,2]", optical.get("shape").toString());
    JsonNode pointwise = json(succeed("conv", "--json", "sim:ideal", x, small, path("y.npy")));
    assertEquals("pointwise", pointwise.get("route").asText());
    assertEquals(0, pointwise.get("frames").asLong());
    String text = succeed("conv", "none", x, large, path("y.npy")).out();
    assertTrue(text.contains("none: electronic route, "), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--stride=0 | --stride 0 must be at least 1",
        "--stride=1,2,3 | not a whole number N, nor two of them R,C",
        "--padding=x | '--padding': 'x' is not a whole number",
        "--padding=1,-1 | --padding 1,-1 must be at least 0",
        "--dilation=0,1 | --dilation 0,1 must be at least 1",
        "--groups=0 | --groups 0 must be at least 1",
        "--strid=1 | did you mean '--stride'",
        "-o=seed=3 | 'none' is no device",
      })
  void wrongOptionsAreWrongUsage(String option, String message) throws IOException {
    String x = write("x.npy", NpyArray.real(new float[16], 1, 1, 4, 4));
    String w = write("w.npy", NpyArray.real(new float[9], 1, 1, 3, 3));
    fail(2, message, "conv", "none", x, w, path("y.npy"), option);
  }

  @Test
  void shapesThatDoNotFitAreNamed() throws IOException {
    String x = write("x.npy", NpyArray.real(new float[2 * 16], 1, 2, 4, 4));
    String w = write("w.npy", NpyArray.real(new float[3 * 2 * 9], 3, 2, 3, 3));
    String y = path("y.npy");
    String deep = write("deep.npy", NpyArray.real(new float[27], 1, 3, 3, 3));
    fail(
        1,
        "takes 3 channels in 1 group, X <f4 [1, 2, 4, 4] has 2",
        "conv",
        "sim:ideal",
        x,
        deep,
        y);
    String half = write("half.npy", NpyArray.real(new float[3 * 9], 3, 1, 3, 3));
    fail(1, "must divide", "conv", "sim:ideal", x, half, y, "--groups=2");
    String b = write("b.npy", NpyArray.real(new float[2], 2));
    fail(1, "one value for each of the 3 output", "conv", "sim:ideal", x, w, y, "--bias", b);
    String wide = write("wide.npy", NpyArray.real(new float[50], 1, 2, 5, 5));
    fail(1, "smaller than the kernel", "conv", "sim:ideal", x, wide, y);
    fail(1, "smaller than the kernel", "conv", "sim:ideal", x, w, y, "--dilation=9");
    fail(1, "more values", "conv", "sim:ideal", x, w, y, "--padding=100000");
    fail(1, "more values", "conv", "sim:ideal", x, w, y, "--padding=2147483647");
    fail(1, "X must be <f4 [n, cin, h, w]", "conv", "sim:ideal", b, w, y);
    String complex = write("c.npy", NpyArray.complex(new float[32], 1, 1, 4, 4));
    fail(1, "this is <c8 [1, 1, 4, 4]", "conv", "sim:ideal", complex, w, y);
    String none = write("none.npy", NpyArray.real(new float[0], 0, 2, 4, 4));
    fail(1, "none of them 0", "conv", "sim:ideal", none, w, y);
    String nan = write("nan.npy", NpyArray.real(new float[] {1, 2, Float.NaN, 4}, 1, 1, 2, 2));
    fail(1, "[0, 0, 1, 0] is NaN", "conv", "sim:ideal", nan, w, y);
    fail(1, "no such file", "conv", "sim:ideal", x, path("missing.npy"), y);
  }

  private static int[] pair(String text) {
    String[] parts = text.split(",", -1);
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1])};
  }
}
