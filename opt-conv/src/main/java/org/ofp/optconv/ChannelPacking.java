// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.ofp.device.FrameShape;

/**
 * Steps 3 and 5: between the spectra of complex frames and those of the two real planes in each.
 *
 * <p>The spectrum of {@code z = x1 + i·x2} holds both: {@code X1(k) = ½[Z(k) + Z*(−k)]}, {@code
 * X2(k) = (1/2i)[Z(k) − Z*(−k)]}; back, {@code Z(k) = X1(k) + i·X2(k)} and {@code Z(−k) = X1*(k) +
 * i·X2*(k)}. Real planes need half the frequencies: all rows, columns 0 … ⌊C/2⌋. The factor ½ is
 * left to the kernels' spectra.
 *
 * <p>The planes' spectra are laid out as the products want them, {@code [frequency][plane][column]}
 * with interleaved complex numbers, a column being a tile. Between that order and the frames' lies
 * a transposition. It goes by {@value #RUN} frequencies at a time, frame by frame: frames lie a
 * power of two apart and push each other out of the cache, so that each of its lines should be read
 * or written whole.
 */
final class ChannelPacking {
  /** Frequencies at a time. */
  private static final int RUN = 24;

  private final int rows;
  private final int cols;
  private final int pixels;
  private final int half;

  /** Planes of the layer, and of the layout. */
  private final int planes;

  /** Columns of the layout. */
  private final int width;

  ChannelPacking(FrameShape frame, int planes, int width) {
    rows = frame.rows();
    cols = frame.cols();
    pixels = frame.pixels();
    half = cols / 2 + 1;
    this.planes = planes;
    this.width = width;
  }

  /** Floats of work space that {@link #unpack} and {@link #pack} need. */
  int scratch() {
    return RUN * 4 * width;
  }

  /**
   * Spectra of frames → spectra of planes, twice as large, for one pair of planes.
   *
   * @param z planes of real and of imaginary parts of the frames, {@code [columns][2][pixels]}
   * @param column first of the columns that are written
   * @param columns how many are
   * @param x {@code [frequencies][planes][width]} complex, from float {@code offset}
   */
  void unpack(
      float[] z, int pair, int column, int columns, FloatBuffer x, int offset, float[] scratch) {
    boolean both = 2 * pair + 1 < planes;
    int row = 2 * columns;
    for (int r = 0; r < rows; r++) {
      int mirrorRow = (rows - r) % rows * cols;
      for (int c = 0; c < half; c += RUN) {
        int run = Math.min(RUN, half - c);
        for (int t = 0; t < columns; t++) {
          int re = 2 * pixels * t;
          int k = re + r * cols + c;
          int mirror = re + mirrorRow + cols - c;
          int first = 0;
          if (c == 0) {
            separate(z, k, re + mirrorRow, pixels, scratch, 2 * t, row);
            first = 1;
          }
          for (int i = first; i < run; i++) {
            separate(z, k + i, mirror - i, pixels, scratch, 2 * row * i + 2 * t, row);
          }
        }
        for (int i = 0; i < run; i++) {
          int target = offset + 2 * (((r * half + c + i) * planes + 2 * pair) * width + column);
          if (both && columns == width) {
            x.put(target, scratch, 2 * row * i, 2 * row);
          } else {
            x.put(target, scratch, 2 * row * i, row);
            if (both) {
              x.put(target + 2 * width, scratch, 2 * row * i + row, row);
            }
          }
        }
      }
    }
  }

  /**
   * As {@link #unpack}, to the other order of planes and columns.
   *
   * @param groups groups of planes that are multiplied apart
   * @param x {@code [frequencies][groups][width][planes/groups]} complex
   */
  void unpackByColumns(
      float[] z, int pair, int column, int columns, int groups, FloatBuffer x, float[] scratch) {
    int perGroup = planes / groups;
    int last = Math.min(planes, 2 * pair + 2);
    for (int r = 0; r < rows; r++) {
      int mirrorRow = (rows - r) % rows * cols;
      for (int c = 0; c < half; c++) {
        int f = r * half + c;
        for (int t = 0; t < columns; t++) {
          int re = 2 * pixels * t;
          int mirror = re + mirrorRow + (c == 0 ? 0 : cols - c);
          separate(z, re + r * cols + c, mirror, pixels, scratch, 0, 2);
          for (int plane = 2 * pair; plane < last; plane++) {
            int row = (f * groups + plane / perGroup) * width + column + t;
            x.put(2 * (row * perGroup + plane % perGroup), scratch, 2 * (plane - 2 * pair), 2);
          }
        }
      }
    }
  }

  /** Sets the columns from {@code column} on, which hold no tile, to zero for a pair of planes. */
  void clear(int pair, int column, FloatBuffer x, int offset, float[] scratch) {
    int values = 2 * (width - column);
    if (values == 0) {
      return;
    }
    Arrays.fill(scratch, 0, values, 0f);
    for (int plane = 2 * pair; plane < Math.min(planes, 2 * pair + 2); plane++) {
      for (int f = 0; f < rows * half; f++) {
        x.put(offset + 2 * ((f * planes + plane) * width + column), scratch, 0, values);
      }
    }
  }

  /**
   * Spectra of planes → spectra of frames, for one pair of planes.
   *
   * @param y {@code [frequencies][planes][width]} complex, from float {@code offset}
   * @param column first of the columns that are read
   * @param columns how many are
   * @param z receives the spectra of the frames, {@code [columns][pixels]} complex
   */
  void pack(
      FloatBuffer y, int offset, int pair, int column, int columns, float[] z, float[] scratch) {
    boolean both = 2 * pair + 1 < planes;
    int row = 2 * columns;
    for (int r = 0; r < rows; r++) {
      int mirrorRow = (rows - r) % rows * cols;
      for (int c = 0; c < half; c += RUN) {
        int run = Math.min(RUN, half - c);
        for (int i = 0; i < run; i++) {
          int source = offset + 2 * (((r * half + c + i) * planes + 2 * pair) * width + column);
          if (both && columns == width) {
            y.get(source, scratch, 2 * row * i, 2 * row);
          } else {
            y.get(source, scratch, 2 * row * i, row);
            if (both) {
              y.get(source + 2 * width, scratch, 2 * row * i + row, row);
            } else {
              Arrays.fill(scratch, 2 * row * i + row, 2 * row * (i + 1), 0f);
            }
          }
        }
        // Columns 0 and C/2 hold both k and −k: each is written from its own half spectrum.
        int first = c == 0 ? 1 : 0;
        int end = Math.min(run, (cols + 1) / 2 - c);
        for (int t = 0; t < columns; t++) {
          int k = 2 * (pixels * t + r * cols + c);
          int mirror = 2 * (pixels * t + mirrorRow + cols - c);
          for (int i = first; i < end; i++) {
            int source = 2 * row * i + 2 * t;
            float re1 = scratch[source];
            float im1 = scratch[source + 1];
            float re2 = scratch[source + row];
            float im2 = scratch[source + row + 1];
            z[mirror - 2 * i] = re1 + im2;
            z[mirror - 2 * i + 1] = re2 - im1;
            z[k + 2 * i] = re1 - im2;
            z[k + 2 * i + 1] = im1 + re2;
          }
          if (first > 0) {
            join(scratch, 2 * t, row, z, k);
          }
          if (end < run) {
            join(scratch, 2 * row * end + 2 * t, row, z, k + 2 * end);
          }
        }
      }
    }
  }

  /** Twice the spectra of both planes at one frequency. */
  private static void separate(
      float[] z, int k, int mirror, int pixels, float[] x, int target, int row) {
    float aRe = z[k];
    float aIm = z[k + pixels];
    float bRe = z[mirror];
    float bIm = z[mirror + pixels];
    x[target] = aRe + bRe;
    x[target + 1] = aIm - bIm;
    x[target + row] = aIm + bIm;
    x[target + row + 1] = bRe - aRe;
  }

  /** The frame's spectrum at one frequency. */
  private static void join(float[] y, int source, int row, float[] z, int k) {
    z[k] = y[source] - y[source + row + 1];
    z[k + 1] = y[source + 1] + y[source + row];
  }
}
