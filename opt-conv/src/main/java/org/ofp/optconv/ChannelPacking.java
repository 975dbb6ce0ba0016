// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import org.ofp.device.FrameShape;

/**
 * Steps 3 and 5: between the spectra of complex frames and those of the two real channels in each.
 *
 * <p>The spectrum of {@code z = x1 + i·x2} holds both: {@code X1(k) = ½[Z(k) + Z*(−k)]}, {@code
 * X2(k) = (1/2i)[Z(k) − Z*(−k)]}; back, {@code Z(k) = X1(k) + i·X2(k)} and {@code Z(−k) = X1*(k) +
 * i·X2*(k)}. Real channels need half the frequencies: all rows, columns 0 … ⌊C/2⌋.
 *
 * <p>Channel spectra are laid out as the products want them, {@code [frequency][channel][column]}
 * with interleaved complex numbers, a column being a tile: a run of tiles of one channel is
 * contiguous, and the frames of a run are read side by side.
 */
final class ChannelPacking {
  private final FrameShape frame;
  private final int half;

  ChannelPacking(FrameShape frame) {
    this.frame = frame;
    half = frame.cols() / 2 + 1;
  }

  /**
   * Spectra of frames → spectra of channels, for one pair of channels.
   *
   * @param z spectra of the pair's frames, one per column, {@code frameStride} values apart
   * @param columns columns that hold a tile; the other columns of {@code x} are set to zero
   * @param x {@code [frequencies][channels][width]} complex
   */
  void unpack(
      float[] z,
      int first,
      int frameStride,
      int pair,
      int columns,
      float[] x,
      int channels,
      int width) {
    int rows = frame.rows();
    int cols = frame.cols();
    boolean both = 2 * pair + 1 < channels;
    for (int r = 0; r < rows; r++) {
      int mirrorRow = (rows - r) % rows;
      for (int c = 0; c < half; c++) {
        int k = first + 2 * (r * cols + c);
        int mirror = first + 2 * (mirrorRow * cols + (cols - c) % cols);
        int target = 2 * ((r * half + c) * channels + 2 * pair) * width;
        unpackFrequency(z, k, mirror, frameStride, columns, both, x, target, width);
      }
    }
  }

  private static void unpackFrequency(
      float[] z,
      int k,
      int mirror,
      int frameStride,
      int columns,
      boolean both,
      float[] x,
      int target,
      int width) {
    int second = target + 2 * width;
    for (int t = 0; t < columns; t++) {
      float aRe = z[k];
      float aIm = z[k + 1];
      float bRe = z[mirror];
      float bIm = z[mirror + 1];
      x[target + 2 * t] = 0.5f * (aRe + bRe);
      x[target + 2 * t + 1] = 0.5f * (aIm - bIm);
      if (both) {
        x[second + 2 * t] = 0.5f * (aIm + bIm);
        x[second + 2 * t + 1] = 0.5f * (bRe - aRe);
      }
      k += frameStride;
      mirror += frameStride;
    }
    for (int t = columns; t < width; t++) {
      x[target + 2 * t] = 0;
      x[target + 2 * t + 1] = 0;
      if (both) {
        x[second + 2 * t] = 0;
        x[second + 2 * t + 1] = 0;
      }
    }
  }

  /**
   * Spectra of channels → spectra of frames, for one pair of channels.
   *
   * @param y {@code [frequencies][channels][width]} complex
   * @param z receives the spectra of {@code columns} frames, {@code frameStride} values apart
   */
  void pack(
      float[] y,
      int channels,
      int width,
      int pair,
      int columns,
      float[] z,
      int first,
      int frameStride) {
    int rows = frame.rows();
    int cols = frame.cols();
    boolean both = 2 * pair + 1 < channels;
    for (int r = 0; r < rows; r++) {
      int mirrorRow = (rows - r) % rows;
      for (int c = 0; c < half; c++) {
        int k = first + 2 * (r * cols + c);
        int mirrorCol = (cols - c) % cols;
        int mirror = first + 2 * (mirrorRow * cols + mirrorCol);
        int source = 2 * ((r * half + c) * channels + 2 * pair) * width;
        // Columns 0 and C/2 hold both k and −k: each is written from its own half spectrum.
        boolean writeMirror = mirrorCol >= half;
        packFrequency(y, source, width, both, columns, z, k, mirror, writeMirror, frameStride);
      }
    }
  }

  private static void packFrequency(
      float[] y,
      int source,
      int width,
      boolean both,
      int columns,
      float[] z,
      int k,
      int mirror,
      boolean writeMirror,
      int frameStride) {
    int second = source + 2 * width;
    for (int t = 0; t < columns; t++) {
      float re1 = y[source + 2 * t];
      float im1 = y[source + 2 * t + 1];
      float re2 = both ? y[second + 2 * t] : 0f;
      float im2 = both ? y[second + 2 * t + 1] : 0f;
      z[k] = re1 - im2;
      z[k + 1] = im1 + re2;
      if (writeMirror) {
        z[mirror] = re1 + im2;
        z[mirror + 1] = re2 - im1;
      }
      k += frameStride;
      mirror += frameStride;
    }
  }
}
