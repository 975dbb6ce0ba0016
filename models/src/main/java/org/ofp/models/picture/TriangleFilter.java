// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.picture;

import java.util.Arrays;

/** The weights with which old samples of one axis make up each new one. */
final class TriangleFilter {
  /** First old sample of each new one. */
  private final int[] first;

  /** Normalised weights of each new one, from its first old sample on. */
  private final float[][] weights;

  TriangleFilter(int oldSize, int newSize) {
    first = new int[newSize];
    weights = new float[newSize][];
    double scale = (double) oldSize / newSize;
    double support = Math.max(1, scale);
    for (int i = 0; i < newSize; i++) {
      double centre = (i + 0.5) * scale;
      int from = Math.max(0, (int) Math.floor(centre - support + 0.5));
      int to = Math.min(oldSize, (int) Math.floor(centre + support + 0.5));
      first[i] = from;
      weights[i] = normalised(centre, support, from, to);
    }
  }

  private static float[] normalised(double centre, double support, int from, int to) {
    float[] triangle = new float[to - from];
    double sum = 0;
    for (int j = from; j < to; j++) {
      double height = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support);
      triangle[j - from] = (float) height;
      sum += height;
    }
    for (int j = 0; j < triangle.length; j++) {
      triangle[j] /= (float) sum;
    }
    return triangle;
  }

  /** Filters one channel of every row; the result keeps the picture's height. */
  float[] filterRows(RgbImage image, int shift) {
    int width = image.width();
    int[] pixels = image.pixels();
    float[] filtered = new float[Math.multiplyExact(first.length, image.height())];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < first.length; x++) {
        int from = y * width + first[x];
        float sum = 0;
        for (int j = 0; j < weights[x].length; j++) {
          sum += weights[x][j] * (pixels[from + j] >> shift & 0xff);
        }
        filtered[y * first.length + x] = sum;
      }
    }
    return filtered;
  }

  /** Filters the columns of one channel, rounds, and puts it into its place in the pixels. */
  void filterColumns(float[] channel, int width, int shift, int[] pixels) {
    float[] row = new float[width];
    for (int y = 0; y < first.length; y++) {
      Arrays.fill(row, 0);
      for (int j = 0; j < weights[y].length; j++) {
        int from = (first[y] + j) * width;
        for (int x = 0; x < width; x++) {
          row[x] += weights[y][j] * channel[from + x];
        }
      }
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] |= Math.min(255, Math.round(row[x])) << shift;
      }
    }
  }
}
