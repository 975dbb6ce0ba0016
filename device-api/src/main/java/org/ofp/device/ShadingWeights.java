// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Tables of what divides the {@link Shading} of a bench out: the reciprocals of its weights along
 * one axis, in the order of a frame's pixels or of its frequencies.
 */
final class ShadingWeights {
  private ShadingWeights() {}

  /** Whether the displayed plane has any weights but 1. */
  static boolean weighsDisplay(Shading shading) {
    return shading.sensorFillFactor() > 0 || shading.beamWaist() < Double.POSITIVE_INFINITY;
  }

  /**
   * Reciprocal weights of the displayed amplitudes: integration over detector pixels, illumination.
   *
   * @param n pixels along the axis
   */
  static float[] display(int n, Shading shading) {
    float[] reciprocals = new float[n];
    for (int i = 0; i < n; i++) {
      double distance = i - n / 2;
      double beam = distance / shading.beamWaist();
      double weight =
          sinc(Math.sqrt(shading.sensorFillFactor()) * distance / n) * Math.exp(-beam * beam);
      reciprocals[i] = (float) (1 / weight);
    }
    return reciprocals;
  }

  /**
   * Reciprocal weight of frequency bin {@code k}: diffraction of one SLM pixel.
   *
   * @param k 0 … n−1, those from ⌈n/2⌉ on being negative frequencies
   * @param n bins along the axis
   */
  static double frequency(int k, int n, Shading shading) {
    int signed = k < n - n / 2 ? k : k - n;
    return 1 / sinc(Math.sqrt(shading.slmFillFactor()) * signed / n);
  }

  /** Those of all frequencies along an axis. */
  static float[] frequencies(int n, Shading shading) {
    float[] reciprocals = new float[n];
    for (int k = 0; k < n; k++) {
      reciprocals[k] = (float) frequency(k, n, shading);
    }
    return reciprocals;
  }

  /** Mean over a frame's pixels of a power of the reciprocal weights of displayed amplitudes. */
  static double display(FrameShape shape, Shading shading, int power) {
    return mean(display(shape.rows(), shading), power)
        * mean(display(shape.cols(), shading), power);
  }

  /** Mean over a frame's frequencies of a power of their reciprocal weights. */
  static double frequencies(FrameShape shape, Shading shading, int power) {
    return mean(frequencies(shape.rows(), shading), power)
        * mean(frequencies(shape.cols(), shading), power);
  }

  private static double mean(float[] values, int power) {
    double sum = 0;
    for (float value : values) {
      sum += Math.pow(value, power);
    }
    return sum / values.length;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
