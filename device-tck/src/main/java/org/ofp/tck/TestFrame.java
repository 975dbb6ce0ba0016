// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.nio.FloatBuffer;
import org.ofp.device.FrameShape;
import org.ofp.device.SlmFrame;

/** A frame to show: complex amplitudes, row-major, interleaved. Immutable by convention. */
final class TestFrame {
  private final FrameShape shape;
  private final float[] amplitudes;

  TestFrame(FrameShape shape, float[] amplitudes) {
    this.shape = shape;
    this.amplitudes = amplitudes;
  }

  FrameShape shape() {
    return shape;
  }

  float[] amplitudes() {
    return amplitudes;
  }

  /** What a device is asked to load. */
  SlmFrame slm(long id, int repeat) {
    return new SlmFrame(shape, FloatBuffer.wrap(amplitudes.clone()), 0, id, repeat);
  }

  /** This frame with one pixel changed. */
  TestFrame with(int pixel, float re, float im) {
    float[] changed = amplitudes.clone();
    changed[2 * pixel] = re;
    changed[2 * pixel + 1] = im;
    return new TestFrame(shape, changed);
  }

  /** Every amplitude times a real factor. */
  TestFrame scaled(float factor) {
    float[] scaled = amplitudes.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return new TestFrame(shape, scaled);
  }

  /** Pixel by pixel this frame plus {@code factor} times another. */
  TestFrame plus(float factor, TestFrame other) {
    float[] sum = amplitudes.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * other.amplitudes[i];
    }
    return new TestFrame(shape, sum);
  }

  /** Moved down and to the right; what leaves at one edge enters at the other. */
  TestFrame shifted(int rows, int cols) {
    float[] moved = new float[amplitudes.length];
    for (int r = 0; r < shape.rows(); r++) {
      for (int c = 0; c < shape.cols(); c++) {
        int from = r * shape.cols() + c;
        int to = (r + rows) % shape.rows() * shape.cols() + (c + cols) % shape.cols();
        moved[2 * to] = amplitudes[2 * from];
        moved[2 * to + 1] = amplitudes[2 * from + 1];
      }
    }
    return new TestFrame(shape, moved);
  }

  /** Σ|a|². */
  double energy() {
    double energy = 0;
    for (float a : amplitudes) {
      energy += (double) a * a;
    }
    return energy;
  }
}
