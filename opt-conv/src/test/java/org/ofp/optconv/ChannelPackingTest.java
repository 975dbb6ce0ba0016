// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;

/** Against the definition: the DFT of each real channel, summed in double precision. */
class ChannelPackingTest {
  private static final int WIDTH = 16;
  private static final int COLUMNS = 3;

  @ParameterizedTest
  @CsvSource({"4, 6, 2", "5, 7, 2", "6, 5, 3", "1, 8, 1", "8, 1, 4", "2, 2, 5", "1, 1, 2"})
  void unpacksAndPacksTwoChannelsOfAFrame(int rows, int cols, int channels) {
    FrameShape frame = new FrameShape(rows, cols);
    ChannelPacking packing = new ChannelPacking(frame);
    int half = rows * (cols / 2 + 1);
    int pixels = rows * cols;
    Random random = new Random(rows * 100 + cols);
    float[][] maps = new float[channels * COLUMNS][pixels];
    for (float[] map : maps) {
      for (int i = 0; i < pixels; i++) {
        map[i] = (float) random.nextGaussian();
      }
    }
    float[] spectra = new float[2 * half * channels * WIDTH];
    Arrays.fill(spectra, Float.NaN);
    for (int pair = 0; 2 * pair < channels; pair++) {
      float[] z = new float[2 * pixels * COLUMNS];
      for (int t = 0; t < COLUMNS; t++) {
        float[] second =
            2 * pair + 1 < channels ? maps[(2 * pair + 1) * COLUMNS + t] : new float[pixels];
        double[] dft = dft(rows, cols, maps[2 * pair * COLUMNS + t], second);
        for (int i = 0; i < dft.length; i++) {
          z[2 * pixels * t + i] = (float) dft[i];
        }
      }
      packing.unpack(z, 0, 2 * pixels, pair, COLUMNS, spectra, channels, WIDTH);

      float[] back = new float[z.length];
      packing.pack(spectra, channels, WIDTH, pair, COLUMNS, back, 0, 2 * pixels);
      for (int i = 0; i < z.length; i++) {
        // Two roundings of sums of at most √pixels·3.
        assertEquals(z[i], back[i], 1e-5, "value " + i);
      }
    }
    for (int c = 0; c < channels; c++) {
      for (int t = 0; t < WIDTH; t++) {
        double[] expected =
            t < COLUMNS
                ? dft(rows, cols, maps[c * COLUMNS + t], new float[pixels])
                : new double[2 * pixels];
        for (int r = 0; r < rows; r++) {
          for (int k = 0; k < cols / 2 + 1; k++) {
            int at = 2 * (((r * (cols / 2 + 1) + k) * channels + c) * WIDTH + t);
            assertEquals(expected[2 * (r * cols + k)], spectra[at], 1e-5);
            assertEquals(expected[2 * (r * cols + k) + 1], spectra[at + 1], 1e-5);
          }
        }
      }
    }
  }

  private static double[] dft(int rows, int cols, float[] re, float[] im) {
    double[] out = new double[2 * rows * cols];
    for (int u = 0; u < rows; u++) {
      for (int v = 0; v < cols; v++) {
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < cols; x++) {
            double angle = -2 * Math.PI * ((double) u * y / rows + (double) v * x / cols);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            int i = y * cols + x;
            out[2 * (u * cols + v)] += re[i] * cos - im[i] * sin;
            out[2 * (u * cols + v) + 1] += re[i] * sin + im[i] * cos;
          }
        }
      }
    }
    return out;
  }
}
