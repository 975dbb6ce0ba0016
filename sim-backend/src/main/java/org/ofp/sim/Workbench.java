// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.ofp.device.FrameShape;
import org.ofp.optics.ReadNumbers;
import org.ofp.optics.ShotNoise;

/** The buffers in which a run of frames travels from modulator to sensor, used again and again. */
final class Workbench {
  private final FrameShape shape;
  private final int capacity;
  private final float[] frames;
  private final long[] ids;
  private final int[] repeats;
  private final float[][] re;
  private final float[][] im;
  private final float[] signal;
  private final Lanes lanes = new Lanes();
  private final ShotNoise.Scratch noise = new ShotNoise.Scratch();
  private final ReadNumbers numbers = new ReadNumbers();

  /** Made where they are needed. */
  private float[] light;

  private float[][] powers;
  private float[] normals;
  private Candidates candidates;

  private int current;
  private int step;
  private double elapsed;

  Workbench(FrameShape shape, int capacity) {
    this.shape = shape;
    this.capacity = capacity;
    frames = new float[2 * shape.pixels() * capacity];
    ids = new long[capacity];
    repeats = new int[capacity];
    re = new float[capacity][shape.pixels()];
    im = new float[capacity][shape.pixels()];
    signal = new float[shape.pixels()];
  }

  FrameShape shape() {
    return shape;
  }

  int capacity() {
    return capacity;
  }

  /** Interleaved frames: requested, then displayed amplitudes. */
  float[] frames() {
    return frames;
  }

  /** Copies {@code count} requested frames. */
  void take(FloatBuffer amplitudes, int offset, int count) {
    amplitudes.get(offset, frames, 0, 2 * shape.pixels() * count);
  }

  /** Names frame {@code i} of the run. */
  void identify(int i, long id, int repeat) {
    ids[i] = id;
    repeats[i] = repeat;
  }

  long frameId(int i) {
    return ids[i];
  }

  int repeat(int i) {
    return repeats[i];
  }

  /** A copy of a displayed frame times factors, which may be null. */
  float[] light(float[] displayed, int offset, float[] factors) {
    if (light == null) {
      light = new float[2 * shape.pixels()];
    }
    System.arraycopy(displayed, offset, light, 0, light.length);
    if (factors != null) {
      LightPath.multiply(light, 0, factors);
    }
    return light;
  }

  /** Mean power per pixel of frame {@code i}, where it is not that of the field. */
  float[] power(int i) {
    if (powers == null) {
      powers = new float[capacity][];
    }
    if (powers[i] == null) {
      powers[i] = new float[shape.pixels()];
    }
    return powers[i];
  }

  /** Turns to frame {@code i}, of which nothing has been read. */
  void turnTo(int i) {
    current = i;
    step = 0;
    elapsed = 0;
  }

  /** The frame of the run that is being read. */
  int current() {
    return current;
  }

  /** In-phase part of the field of frame {@code i} at the sensor. */
  float[] re(int i) {
    return re[i];
  }

  /** Quadrature part of the field of frame {@code i} at the sensor. */
  float[] im(int i) {
    return im[i];
  }

  /** In-phase part of the field at the sensor of the frame being read. */
  float[] re() {
    return re[current];
  }

  /** Quadrature part of the field at the sensor of the frame being read. */
  float[] im() {
    return im[current];
  }

  /** Rows for inner loops. */
  Lanes lanes() {
    return lanes;
  }

  /** A plane of a read, from expected electrons to digital numbers. */
  float[] signal() {
    return signal;
  }

  /** Of the read that is being made. */
  ReadNumbers numbers() {
    return numbers;
  }

  /** Working memory of {@link ShotNoise}. */
  ShotNoise.Scratch noise() {
    return noise;
  }

  /** A standard normal number per pixel. */
  float[] normals(long key, int firstPixel) {
    if (normals == null) {
      normals = new float[shape.pixels()];
    }
    Arrays.fill(normals, 0);
    ShotNoise.addReadNoise(normals, 0, normals.length, firstPixel, 1, key, noise);
    return normals;
  }

  /** The pixels that metering looks at. */
  Candidates candidates() {
    if (candidates == null) {
      candidates = new Candidates(shape.pixels());
    }
    return candidates;
  }

  /** How many reads of the current frame came before; separates their noise. */
  int nextStep() {
    return step++;
  }

  /** Device seconds since the current frame was loaded. */
  double elapsed() {
    return elapsed;
  }

  void elapse(double seconds) {
    elapsed += seconds;
  }
}
