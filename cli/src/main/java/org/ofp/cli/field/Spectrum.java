// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.field;

import org.ofp.cli.io.NpyArray;
import org.ofp.models.picture.RgbImage;

/** Draws the first of some transforms in grey. */
public final class Spectrum {
  /** How far below the brightest pixel black lies. */
  private static final double RANGE_DB = 100;

  private Spectrum() {}

  /** |F| of a field on a logarithmic scale, its zero order moved to the centre. */
  public static RgbImage ofField(NpyArray fields) {
    double[] power = power(fields);
    int rows = fields.dimension(fields.rank() - 2);
    int cols = fields.dimension(fields.rank() - 1);
    double[] centred = new double[power.length];
    for (int i = 0; i < power.length; i++) {
      int row = (i / cols + rows / 2) % rows;
      int col = (i % cols + cols / 2) % cols;
      centred[row * cols + col] = power[i];
    }
    return logarithmic(centred, rows, cols);
  }

  /** |z| of an inverse transform, which is a picture and no spectrum: linear, where it is. */
  public static RgbImage ofImage(NpyArray fields) {
    double[] power = power(fields);
    double brightest = brightest(power);
    int[] pixels = new int[power.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = grey(Math.sqrt(power[i] / brightest));
    }
    return new RgbImage(
        fields.dimension(fields.rank() - 1), fields.dimension(fields.rank() - 2), pixels);
  }

  /** Counts on a logarithmic scale, squared and summed over the steps; as the sensor sees them. */
  public static RgbImage ofCounts(NpyArray counts) {
    int steps = counts.dimension(counts.rank() - 3);
    int rows = counts.dimension(counts.rank() - 2);
    int cols = counts.dimension(counts.rank() - 1);
    double[] power = new double[rows * cols];
    for (int i = 0; i < steps * power.length; i++) {
      double count = counts.values()[i];
      power[i % power.length] += count * count;
    }
    return logarithmic(power, rows, cols);
  }

  private static double[] power(NpyArray fields) {
    int rows = fields.dimension(fields.rank() - 2);
    int cols = fields.dimension(fields.rank() - 1);
    double[] power = new double[rows * cols];
    for (int i = 0; i < power.length; i++) {
      double re = fields.values()[2 * i];
      double im = fields.values()[2 * i + 1];
      power[i] = re * re + im * im;
    }
    return power;
  }

  private static RgbImage logarithmic(double[] power, int rows, int cols) {
    double brightest = brightest(power);
    int[] pixels = new int[power.length];
    for (int i = 0; i < pixels.length; i++) {
      double decibels = 10 * Math.log10(power[i] / brightest);
      pixels[i] = grey(1 + decibels / RANGE_DB);
    }
    return new RgbImage(cols, rows, pixels);
  }

  /** The largest value; 1 if all are 0, so that dark stays dark. */
  private static double brightest(double[] power) {
    double brightest = 0;
    for (double value : power) {
      brightest = Math.max(brightest, value);
    }
    return brightest == 0 ? 1 : brightest;
  }

  private static int grey(double brightness) {
    int level = (int) Math.round(255 * Math.max(0, Math.min(1, brightness)));
    return level << 16 | level << 8 | level;
  }
}
