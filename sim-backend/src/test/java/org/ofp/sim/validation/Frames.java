// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

/** Frames to be shown, from what they are over the modulator's plane. */
final class Frames {
  private Frames() {}

  /** A quantity over the modulator's plane. */
  interface Plane {
    /**
     * Its value.
     *
     * @param y pixels from the axis over the rows
     * @param x over the columns
     */
    double at(int y, int x);
  }

  /** The row of pixel i of a frame or a detector, from the axis. */
  static int y(int i, int rows, int cols) {
    return i / cols - rows / 2;
  }

  /** The column of pixel i, from the axis. */
  static int x(int i, int cols) {
    return i % cols - cols / 2;
  }

  /** Amplitude and phase per pixel. */
  static float[] of(int rows, int cols, Plane amplitude, Plane phase) {
    float[] frame = new float[2 * rows * cols];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        double a = amplitude.at(r - rows / 2, c - cols / 2);
        double angle = phase.at(r - rows / 2, c - cols / 2);
        frame[2 * (r * cols + c)] = (float) (a * Math.cos(angle));
        frame[2 * (r * cols + c) + 1] = (float) (a * Math.sin(angle));
      }
    }
    return frame;
  }

  static float[] uniform(int rows, int cols, double amplitude, double phase) {
    return of(rows, cols, (y, x) -> amplitude, (y, x) -> phase);
  }

  static float[] amplitude(int rows, int cols, Plane amplitude) {
    return of(rows, cols, amplitude, (y, x) -> 0);
  }

  static float[] phase(int rows, int cols, Plane phase) {
    return of(rows, cols, (y, x) -> 1, phase);
  }
}
