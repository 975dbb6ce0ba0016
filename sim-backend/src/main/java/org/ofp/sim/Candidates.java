// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

/** The pixels of a read that may be its brightest, part of a {@link Workbench}. */
final class Candidates {
  /** Indices in the frame. */
  final int[] pixels;

  /** Expected, then drawn electrons or counts of these pixels. */
  final float[] electrons;

  private final float[] picked;
  private int size;

  Candidates(int most) {
    pixels = new int[most];
    electrons = new float[most];
    picked = new float[most];
  }

  int size() {
    return size;
  }

  /** Takes the one pixel of which most is expected. */
  void takeBrightest(float[] expected, int n) {
    int brightest = 0;
    float most = expected[0];
    for (int i = 1; i < n; i++) {
      if (expected[i] > most) {
        most = expected[i];
        brightest = i;
      }
    }
    pixels[0] = brightest;
    electrons[0] = most;
    size = 1;
  }

  /** Takes all pixels of which at least so much is expected. */
  void take(float least, float[] expected, int n) {
    int found = 0;
    for (int i = 0; i < n; i++) {
      if (expected[i] >= least) {
        pixels[found] = i;
        electrons[found] = expected[i];
        found++;
      }
    }
    size = found;
  }

  /** A map's values at these pixels, in an array that the next call overwrites. */
  float[] of(float[] map) {
    for (int i = 0; i < size; i++) {
      picked[i] = map[pixels[i]];
    }
    return picked;
  }

  /** The largest magnitude. */
  float greatest() {
    float greatest = 0;
    for (int i = 0; i < size; i++) {
      greatest = Math.max(greatest, Math.abs(electrons[i]));
    }
    return greatest;
  }
}
