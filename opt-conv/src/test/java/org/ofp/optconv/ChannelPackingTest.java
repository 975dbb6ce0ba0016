// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.FrameShape;

/** Against the definition: the DFT of each real channel, summed in double precision. */
class ChannelPackingTest {
  private static final int WIDTH = 16;
  private static final int COLUMNS = 3;
  private static final int FIRST = 2;
  private static final int OFFSET = 5;

  @ParameterizedTest
  @CsvSource({
    "4, 6, 2",
    "5, 7, 2",
    "6, 5, 3",
    "1, 8, 1",
    "8, 1, 4",
    "2, 2, 5",
    "1, 1, 2",
    "3, 34, 2",
    "4, 33, 3"
  })
  void unpacksAndPacksTwoChannelsOfAFrame(int rows, int cols, int channels) {
    FrameShape frame = new FrameShape(rows, cols);
    ChannelPacking packing = new ChannelPacking(frame, channels, WIDTH);
    float[] scratch = new float[packing.scratch()];
    FloatBuffer x = FloatBuffer.allocate(OFFSET + 2 * rows * (cols / 2 + 1) * channels * WIDTH);
    int pixels = rows * cols;
    Random random = new Random(rows * 100 + cols);
    float[][] maps = new float[channels * COLUMNS][pixels];
    for (float[] map : maps) {
      for (int i = 0; i < pixels; i++) {
        map[i] = (float) random.nextGaussian();
      }
    }
    Arrays.fill(x.array(), Float.NaN);
    for (int pair = 0; 2 * pair < channels; pair++) {
      float[] z = new float[2 * pixels * COLUMNS];
      float[] planes = new float[z.length];
      for (int t = 0; t < COLUMNS; t++) {
        float[] second =
            2 * pair + 1 < channels ? maps[(2 * pair + 1) * COLUMNS + t] : new float[pixels];
        double[] dft = dft(rows, cols, maps[2 * pair * COLUMNS + t], second);
        for (int i = 0; i < pixels; i++) {
          z[2 * (pixels * t + i)] = (float) dft[2 * i];
          z[2 * (pixels * t + i) + 1] = (float) dft[2 * i + 1];
          planes[2 * pixels * t + i] = (float) dft[2 * i];
          planes[2 * pixels * t + pixels + i] = (float) dft[2 * i + 1];
        }
      }
      // In two steps, as a batch that is smaller than a block of columns does.
      packing.unpack(planes, pair, 0, FIRST, x, OFFSET, scratch);
      float[] rest = Arrays.copyOfRange(planes, 2 * pixels * FIRST, planes.length);
      packing.unpack(rest, pair, FIRST, COLUMNS - FIRST, x, OFFSET, scratch);
      packing.clear(pair, COLUMNS, x, OFFSET, scratch);

      float[] back = new float[z.length];
      packing.pack(x, OFFSET, pair, 0, FIRST, back, scratch);
      float[] backRest = new float[z.length - 2 * pixels * FIRST];
      packing.pack(x, OFFSET, pair, FIRST, COLUMNS - FIRST, backRest, scratch);
      System.arraycopy(backRest, 0, back, 2 * pixels * FIRST, backRest.length);
      for (int i = 0; i < z.length; i++) {
        // Two roundings of sums of at most √pixels·3; unpacking doubles.
        assertEquals(2 * z[i], back[i], 2e-5, "value " + i);
      }
    }
    for (int i = 0; i < OFFSET; i++) {
      assertTrue(Float.isNaN(x.get(i)));
    }
    float[] spectra = Arrays.copyOfRange(x.array(), OFFSET, x.capacity());
    for (int c = 0; c < channels; c++) {
      for (int t = 0; t < WIDTH; t++) {
        double[] expected =
            t < COLUMNS
                ? dft(rows, cols, maps[c * COLUMNS + t], new float[pixels])
                : new double[2 * pixels];
        for (int r = 0; r < rows; r++) {
          for (int k = 0; k < cols / 2 + 1; k++) {
            int at = 2 * (((r * (cols / 2 + 1) + k) * channels + c) * WIDTH + t);
            assertEquals(2 * expected[2 * (r * cols + k)], spectra[at], 2e-5);
            assertEquals(2 * expected[2 * (r * cols + k) + 1], spectra[at + 1], 2e-5);
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
