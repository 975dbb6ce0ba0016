// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

/** The Gaussian blur of a fringing field, in double precision. */
final class Blur {
  private Blur() {}

  /** A real plane blurred cyclically: its DFT times exp(−2π²σ²f²), f in cycles per pixel. */
  static double[] cyclic(double[] plane, int rows, int cols, double sigma) {
    double[] complex = new double[2 * rows * cols];
    for (int i = 0; i < rows * cols; i++) {
      complex[2 * i] = plane[i];
    }
    double[] spectrum = new Diffraction(complex, rows, cols).field();
    for (int i = 0; i < rows * cols; i++) {
      double fy = (double) Frames.y(i, rows, cols) / rows;
      double fx = (double) Frames.x(i, cols) / cols;
      double weight = Math.exp(-2 * Math.pow(Math.PI * sigma, 2) * (fx * fx + fy * fy));
      spectrum[2 * i] *= weight;
      spectrum[2 * i + 1] *= weight;
    }
    double[] back = Diffraction.amplitudes(spectrum, rows, cols);
    double[] result = new double[rows * cols];
    for (int i = 0; i < result.length; i++) {
      result[i] = back[2 * i];
    }
    return result;
  }
}
