// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import org.ofp.device.FrameShape;

/**
 * What a device's reads say about the light at the sensor, in the units of F, with how far it may
 * be off: the field for a coherent or four-step readout (interleaved), |F|² for an intensity
 * readout. Laid out as the sensor sees it, zero order at [⌊R/2⌋, ⌊C/2⌋]. Also what it should say,
 * then with tolerance 0.
 */
final class Spectrum {
  private final FrameShape shape;
  private final double[] values;
  private final double tolerance;

  /**
   * @param tolerance in L2 norm over the whole array
   */
  Spectrum(FrameShape shape, double[] values, double tolerance) {
    this.shape = shape;
    this.values = values;
    this.tolerance = tolerance;
  }

  FrameShape shape() {
    return shape;
  }

  double[] values() {
    return values;
  }

  /** How far off it may be, in L2 norm over the whole array. */
  double tolerance() {
    return tolerance;
  }

  boolean isField() {
    return values.length == 2 * shape.pixels();
  }

  double norm() {
    double sum = 0;
    for (double v : values) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }

  /** Power in a pixel. */
  double power(int pixel) {
    return isField()
        ? values[2 * pixel] * values[2 * pixel] + values[2 * pixel + 1] * values[2 * pixel + 1]
        : values[pixel];
  }

  /** Σ|F|². */
  double energy() {
    double sum = 0;
    for (int i = 0; i < shape.pixels(); i++) {
      sum += power(i);
    }
    return sum;
  }

  int brightest() {
    int best = 0;
    for (int i = 1; i < shape.pixels(); i++) {
      best = power(i) > power(best) ? i : best;
    }
    return best;
  }

  /** Phase of the field in a pixel in radians. */
  double phase(int pixel) {
    return Math.atan2(values[2 * pixel + 1], values[2 * pixel]);
  }

  Spectrum scaled(double factor) {
    double[] scaled = new double[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = factor * values[i];
    }
    return new Spectrum(shape, scaled, Math.abs(factor) * tolerance);
  }

  Spectrum plus(Spectrum other) {
    double[] sum = new double[values.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = values[i] + other.values[i];
    }
    return new Spectrum(shape, sum, tolerance + other.tolerance);
  }

  /** L2 norm of the difference. */
  double distance(Spectrum other) {
    return plus(other.scaled(-1)).norm();
  }

  /** The smallest distance to {@code e^{iφ}·other} over all φ. */
  double distanceUpToPhase(Spectrum other) {
    double a = norm();
    double b = other.norm();
    double overlap = similarity(other) * a * b;
    return isField() ? Math.sqrt(Math.max(a * a + b * b - 2 * overlap, 0)) : distance(other);
  }

  /**
   * How alike two spectra are, 0 to 1, whatever their scale and (for fields) their common phase;
   * for intensities, of what departs from the mean.
   */
  double similarity(Spectrum other) {
    if (!isField()) {
      return Math.abs(correlation(departure(values), departure(other.values)));
    }
    double re = 0;
    double im = 0;
    for (int i = 0; i < values.length; i += 2) {
      re += values[i] * other.values[i] + values[i + 1] * other.values[i + 1];
      im += values[i + 1] * other.values[i] - values[i] * other.values[i + 1];
    }
    double norms = norm() * other.norm();
    return norms == 0 ? 0 : Math.hypot(re, im) / norms;
  }

  private static double[] departure(double[] values) {
    double mean = 0;
    for (double v : values) {
      mean += v / values.length;
    }
    double[] departure = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      departure[i] = values[i] - mean;
    }
    return departure;
  }

  private static double correlation(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return aa * bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }

  /**
   * The same light on a sensor that is mounted otherwise.
   *
   * @param transposed rows and columns exchanged, square frames only
   * @param flipRows mirrored about the axis, up for down
   * @param flipCols mirrored about the axis, left for right
   * @param conjugated whether the field is conjugated too
   */
  Spectrum remounted(boolean transposed, boolean flipRows, boolean flipCols, boolean conjugated) {
    int rows = shape.rows();
    int cols = shape.cols();
    int width = values.length / shape.pixels();
    double[] moved = new double[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        int fromRow = flipRows ? mirror(r, rows) : r;
        int fromCol = flipCols ? mirror(c, cols) : c;
        int from = transposed ? fromCol * cols + fromRow : fromRow * cols + fromCol;
        int to = r * cols + c;
        moved[width * to] = values[width * from];
        if (width == 2) {
          moved[2 * to + 1] = (conjugated ? -1 : 1) * values[2 * from + 1];
        }
      }
    }
    return new Spectrum(shape, moved, tolerance);
  }

  /** Mirror image about the axis pixel; the spectrum is periodic. */
  private static int mirror(int index, int n) {
    return Math.floorMod(2 * (n / 2) - index, n);
  }
}
