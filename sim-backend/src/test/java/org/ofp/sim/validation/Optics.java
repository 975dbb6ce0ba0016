// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import java.util.function.DoubleUnaryOperator;

/** Analytic functions of Fourier optics in double precision. */
final class Optics {
  /**
   * Zeros of J1 over π: radii of the Airy pattern's dark rings in λf/D (Goodman, section 4.4.2).
   */
  static final double[] AIRY_ZEROS = {1.2196698912665, 2.2331305943815, 3.2383154841662};

  private Optics() {}

  /** sin(πx)/(πx). */
  static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /**
   * The Bessel function {@code Jn(x) = (1/π)∫cos(nt − x·sin t)dt} over [0, π] (NIST DLMF 10.9.2),
   * by the trapezoidal rule, which for this periodic integrand converges faster than any power.
   */
  static double bessel(int n, double x) {
    int steps = 400;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double t = 2 * Math.PI * i / steps;
      sum += Math.cos(n * t - x * Math.sin(t));
    }
    return sum / steps;
  }

  /** Strehl ratio of a circular pupil with s radians RMS of defocus: [sin(√3s)/(√3s)]². */
  static double defocusStrehl(double s) {
    double x = sinc(Math.sqrt(3) * s / Math.PI);
    return x * x;
  }

  /** Share of the unit square about (y, x) that a disc of this radius about the origin covers. */
  static double coverage(double y, double x, double radius) {
    int strips = 64; // midpoint rule across, exact along
    double area = 0;
    for (int i = 0; i < strips; i++) {
      double at = x + (i + 0.5) / strips - 0.5;
      double half = Math.sqrt(Math.max(0, radius * radius - at * at));
      area += Math.max(0, Math.min(y + 0.5, half) - Math.max(y - 0.5, -half));
    }
    return area / strips;
  }

  /** Where a function changes its sign between two places. */
  static double root(DoubleUnaryOperator f, double from, double to) {
    double low = from;
    double high = to;
    boolean positive = f.applyAsDouble(low) > 0;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (f.applyAsDouble(middle) > 0 == positive) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** An even function between its samples at 0, 1, 2…, by the polynomial through six of them. */
  static double interpolate(double[] samples, double x) {
    int first = (int) Math.floor(x) - 2;
    double sum = 0;
    for (int i = first; i < first + 6; i++) {
      double weight = samples[Math.abs(i)];
      for (int j = first; j < first + 6; j++) {
        weight *= j == i ? 1 : (x - j) / (i - j);
      }
      sum += weight;
    }
    return sum;
  }
}
