// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.nio.FloatBuffer;
import org.ofp.device.FrameShape;

/** The buffers in which a run of frames travels from modulator to sensor, used again and again. */
final class Workbench {
  private final FrameShape shape;
  private final int capacity;
  private final float[] frames;
  private final float[] re;
  private final float[] im;
  private final float[] scratch;
  private float[] staging = new float[0];
  private long frameId;
  private int repeat;
  private int step;

  Workbench(FrameShape shape, int capacity) {
    this.shape = shape;
    this.capacity = capacity;
    frames = new float[2 * shape.pixels() * capacity];
    re = new float[shape.pixels()];
    im = new float[shape.pixels()];
    scratch = new float[shape.pixels()];
  }

  FrameShape shape() {
    return shape;
  }

  int capacity() {
    return capacity;
  }

  /** Interleaved frames: displayed amplitudes, then their transforms. */
  float[] frames() {
    return frames;
  }

  /** In-phase part of the field at the sensor of the frame being read. */
  float[] re() {
    return re;
  }

  /** Quadrature part of the field at the sensor of the frame being read. */
  float[] im() {
    return im;
  }

  /** Copies {@code count} requested frames. */
  void take(FloatBuffer amplitudes, int offset, int count) {
    amplitudes.get(offset, frames, 0, 2 * shape.pixels() * count);
  }

  /** A frame's worth of values for intermediate results of the sensor. */
  float[] scratch() {
    return scratch;
  }

  /** Names the frame whose field is at the sensor; its reads are counted from 0. */
  void identify(long id, int repeatOfFrame) {
    frameId = id;
    repeat = repeatOfFrame;
    step = 0;
  }

  long frameId() {
    return frameId;
  }

  int repeat() {
    return repeat;
  }

  int nextStep() {
    return step++;
  }

  float[] staging(int values) {
    if (staging.length < values) {
      staging = new float[values];
    }
    return staging;
  }
}
