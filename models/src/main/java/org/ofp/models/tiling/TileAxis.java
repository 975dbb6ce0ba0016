// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.tiling;

/** One axis of a grid: intervals of one size that cover it, and how much each counts where. */
final class TileAxis {
  /** Sizes are multiples of it, as the networks halve their maps up to five times. */
  private static final int SIZE_STEP = 32;

  private final int length;
  private final int size;
  private final int[] starts;
  private final float[][] weights;

  TileAxis(int length, int tile, int overlap) {
    this.length = length;
    int step = tile - overlap;
    int gaps = (Math.max(length - tile, 0) + step - 1) / step;
    size = gaps == 0 ? length : Math.min(tile, least(length, gaps + 1, overlap));
    starts = new int[gaps + 1];
    for (int i = 1; i <= gaps; i++) {
      starts[i] = (int) ((long) i * (length - size) / gaps);
    }
    weights = weights();
  }

  /** What so many intervals need to cover the length, rounded up. */
  private static int least(int length, int count, int overlap) {
    long covered = length + (long) (count - 1) * overlap;
    long unit = (long) count * SIZE_STEP;
    return (int) ((covered + unit - 1) / unit * SIZE_STEP);
  }

  int count() {
    return starts.length;
  }

  int size() {
    return size;
  }

  int length() {
    return length;
  }

  int start(int i) {
    return starts[i];
  }

  /** How many positions, from the start of an interval on, no later one covers. */
  int finished(int i) {
    return (i + 1 < count() ? starts[i + 1] : length) - starts[i];
  }

  /** How many positions at its start an interval shares with the one before. */
  int shared(int i) {
    return i == 0 ? 0 : starts[i - 1] + size - starts[i];
  }

  /** The most positions that two neighbours share. */
  int mostShared() {
    int most = 0;
    for (int i = 1; i < count(); i++) {
      most = Math.max(most, shared(i));
    }
    return most;
  }

  /** What an interval's positions count, above 0; over all intervals 1 at every position. */
  float[] weights(int i) {
    return weights[i];
  }

  private float[][] weights() {
    double[] sum = new double[length];
    double[][] windows = new double[count()][size];
    for (int i = 0; i < count(); i++) {
      int before = shared(i);
      int after = i + 1 < count() ? shared(i + 1) : 0;
      for (int k = 0; k < size; k++) {
        windows[i][k] = rise(k, before) * rise(size - 1 - k, after);
        sum[starts[i] + k] += windows[i][k];
      }
    }
    // Where only two overlap the sum is 1 already, sin² + cos²; three may at a short axis.
    float[][] normalised = new float[count()][size];
    for (int i = 0; i < count(); i++) {
      for (int k = 0; k < size; k++) {
        normalised[i][k] = (float) (windows[i][k] / sum[starts[i] + k]);
      }
    }
    return normalised;
  }

  /** The rising half of a Hann window over {@code width} positions, 1 beyond them. */
  private static double rise(int position, int width) {
    if (position >= width) {
      return 1;
    }
    double sine = Math.sin(Math.PI / 2 * (position + 0.5) / width);
    return sine * sine;
  }
}
