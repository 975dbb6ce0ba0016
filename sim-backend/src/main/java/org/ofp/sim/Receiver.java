// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.device.ReadoutMode;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.FixedPattern;
import org.ofp.optics.ReadModel;
import org.ofp.optics.ReadNumbers;

/**
 * Stage 5, reference beam and readout: field and power at the sensor's pixels → expected electrons,
 * by the numbers of a {@link ReadModel}. Immutable, safe for use by several threads.
 */
final class Receiver {
  private final boolean coherent;
  private final int planes;
  private final int pixels;

  /** PRNU, factors per plane and pixel; null where all are 1. */
  private final float[][] responsivity;

  Receiver(BenchParameters bench, FrameShape shape) {
    coherent = bench.readout() == ReadoutMode.COHERENT;
    planes = bench.readout().planes();
    pixels = shape.pixels();
    responsivity = new FixedPattern(bench, shape).responsivity(planes);
  }

  /** Values per pixel. */
  int planes() {
    return planes;
  }

  /**
   * The expected electrons of a plane of a read, into the workbench's signal.
   *
   * @param workbench with the field at the sensor and the read's numbers
   * @param power of each pixel, null where it is that of the field
   */
  void receive(Workbench workbench, int plane, float[] power) {
    ReadNumbers numbers = workbench.numbers();
    float[] re = workbench.re();
    float[] im = workbench.im();
    float[] out = workbench.signal();
    float scale = numbers.scale();
    float inPhase = numbers.inPhase(plane);
    float quadrature = numbers.quadrature(plane);
    if (coherent) {
      mix(re, im, pixels, inPhase, quadrature, out);
    } else if (numbers.isReferenceOn()) {
      float offset = numbers.offset();
      if (power == null) {
        interfere(re, im, pixels, scale, offset, inPhase, quadrature, out);
      } else {
        interfere(re, im, power, pixels, scale, offset, inPhase, quadrature, out);
      }
    } else if (power == null) {
      square(re, im, pixels, scale, out);
    } else {
      copy(power, pixels, scale, out);
    }
    if (responsivity != null) {
      respond(responsivity[plane], pixels, out);
    }
  }

  // All arrays from index 0: with an offset into one of them the loops take six times as long.

  private static void mix(float[] re, float[] im, int n, float cos, float sin, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = cos * re[i] + sin * im[i];
    }
  }

  private static void square(float[] re, float[] im, int n, float scale, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = scale * (re[i] * re[i] + im[i] * im[i]);
    }
  }

  private static void copy(float[] power, int n, float scale, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = scale * power[i];
    }
  }

  // The dark fringe of equal amplitudes may round to just below zero.

  private static void interfere(
      float[] re, float[] im, int n, float scale, float offset, float cos, float sin, float[] out) {
    for (int i = 0; i < n; i++) {
      float power = re[i] * re[i] + im[i] * im[i] + offset;
      out[i] = scale * Math.max(power + cos * re[i] + sin * im[i], 0f);
    }
  }

  private static void interfere(
      float[] re,
      float[] im,
      float[] power,
      int n,
      float scale,
      float offset,
      float cos,
      float sin,
      float[] out) {
    for (int i = 0; i < n; i++) {
      float light = power[i] + offset + cos * re[i] + sin * im[i];
      out[i] = scale * Math.max(light, 0f);
    }
  }

  private static void respond(float[] responsivity, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] *= responsivity[i];
    }
  }
}
