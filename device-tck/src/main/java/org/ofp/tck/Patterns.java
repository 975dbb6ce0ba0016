// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.SplittableRandom;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;

/** Frames that a modulator can show, each kind the nearest to what a rule needs. */
final class Patterns {
  /**
   * Pixels that are on in a frame for an amplitude modulator. Few, since the light of the zero
   * order grows with their square and would leave the rest below the converter's step.
   */
  private static final double SHARE_ON = 1 / 16.0;

  private final FrameShape shape;
  private final Modulation modulation;

  Patterns(FrameShape shape, Modulation modulation) {
    this.shape = shape;
    this.modulation = modulation;
  }

  /** The same amplitude everywhere. */
  TestFrame uniform(double re, double im) {
    float[] a = new float[2 * shape.pixels()];
    for (int i = 0; i < shape.pixels(); i++) {
      a[2 * i] = (float) re;
      a[2 * i + 1] = (float) im;
    }
    return new TestFrame(shape, a);
  }

  /** A random frame without any symmetry and without a bright zero order. */
  TestFrame random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = new float[2 * shape.pixels()];
    for (int i = 0; i < shape.pixels(); i++) {
      double phase = 2 * Math.PI * random.nextDouble();
      double uniform = random.nextDouble();
      double magnitude = modulation == Modulation.PHASE_ONLY ? 1 : Math.sqrt(uniform);
      if (modulation == Modulation.AMPLITUDE_ONLY) {
        a[2 * i] = uniform < SHARE_ON ? (float) (phase / (2 * Math.PI)) : 0;
      } else {
        a[2 * i] = (float) (magnitude * Math.cos(phase));
        a[2 * i + 1] = (float) (magnitude * Math.sin(phase));
      }
    }
    return modulation == Modulation.AMPLITUDE_ONLY
        ? new TestFrame(shape, a).with(shape.cols() / 3, 1, 0) // never dark
        : new TestFrame(shape, a);
  }

  /** A random real frame. */
  TestFrame randomReal(long seed) {
    if (modulation == Modulation.AMPLITUDE_ONLY) {
      return random(seed);
    }
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = new float[2 * shape.pixels()];
    for (int i = 0; i < a.length; i += 2) {
      double value = 2 * random.nextDouble() - 1;
      a[i] = (float) (modulation == Modulation.PHASE_ONLY ? Math.signum(value) : value);
    }
    return new TestFrame(shape, a);
  }

  /** {@code exp(2πi(rowCycles·r/R + colCycles·c/C))} with the origin on the axis. */
  TestFrame ramp(int rowCycles, int colCycles) {
    float[] a = new float[2 * shape.pixels()];
    for (int i = 0; i < shape.pixels(); i++) {
      double phase = phase(i, rowCycles, colCycles);
      a[2 * i] = (float) Math.cos(phase);
      a[2 * i + 1] = (float) Math.sin(phase);
    }
    return new TestFrame(shape, a);
  }

  /** Stripes of amplitudes 0 and 1; a phase modulator gets phases 0 and π. */
  TestFrame stripes(int rowCycles, int colCycles) {
    float dark = modulation == Modulation.PHASE_ONLY ? -1 : 0;
    float[] a = new float[2 * shape.pixels()];
    for (int i = 0; i < shape.pixels(); i++) {
      a[2 * i] = Math.cos(phase(i, rowCycles, colCycles)) > 0 ? 1 : dark;
    }
    return new TestFrame(shape, a);
  }

  private double phase(int pixel, int rowCycles, int colCycles) {
    int r = pixel / shape.cols() - shape.axisRow();
    int c = pixel % shape.cols() - shape.axisCol();
    return 2
        * Math.PI
        * ((double) rowCycles * r / shape.rows() + (double) colCycles * c / shape.cols());
  }
}
