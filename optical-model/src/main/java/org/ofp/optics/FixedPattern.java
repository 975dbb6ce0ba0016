// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * What is peculiar to one unit of a bench and stays: the non-uniformities of the sensor's pixels
 * and the bad pixels of the SLM. Drawn by the unit's number and the pixel's place on the panel, on
 * which windows are centred.
 */
public final class FixedPattern {
  /** Stands for the seed; a unit's patterns do not change with the seed of the noise. */
  private static final long UNIT_SEED = 0x0F9D_5A71_C3B2_8E46L;

  private static final int RESPONSIVITY = 1;
  private static final int DARK = 2;
  private static final int BAD = 3;
  private static final int STUCK = 4;

  private final BenchParameters bench;
  private final FrameShape shape;

  /** The patterns as frames of one shape see them. */
  public FixedPattern(BenchParameters bench, FrameShape shape) {
    this.bench = bench;
    this.shape = shape;
  }

  /**
   * PRNU as factors of the light, {@code [planes][rows·cols]}; at least 0.
   *
   * @return null if there is none
   */
  public float[][] responsivity(int planes) {
    double sigma = bench.sensor().responseNonUniformity();
    float[][] pattern = normal(sigma, planes, RESPONSIVITY);
    if (pattern != null) {
      for (float[] plane : pattern) {
        for (int i = 0; i < plane.length; i++) {
          plane[i] = Math.max(0, 1 + plane[i]);
        }
      }
    }
    return pattern;
  }

  /**
   * DSNU in electrons, {@code [planes][rows·cols]}.
   *
   * @return null if there is none
   */
  public float[][] darkSignal(int planes) {
    return normal(bench.sensor().darkNonUniformity(), planes, DARK);
  }

  private float[][] normal(double sigma, int planes, int what) {
    if (sigma == 0) {
      return null;
    }
    float[][] pattern = new float[planes][shape.pixels()];
    for (int plane = 0; plane < planes; plane++) {
      long key = key(what, plane);
      for (int i = 0; i < shape.pixels(); i++) {
        double z = NormalQuantile.gaussian(key, panelPixel(i));
        pattern[plane][i] = (float) (sigma * z);
      }
    }
    return pattern;
  }

  private long key(int what, int step) {
    return CounterRandom.key(UNIT_SEED, bench.unit(), what, step, 0);
  }

  private int panelPixel(int i) {
    FrameShape panel = bench.frame();
    int row = i / shape.cols() + panel.axisRow() - shape.axisRow();
    int col = i % shape.cols() + panel.axisCol() - shape.axisCol();
    return row * panel.cols() + col;
  }

  /** Whether any SLM pixel may be dead or stuck. */
  public boolean hasBadPixels() {
    return bench.slm().deadPixels() + bench.slm().stuckPixels() > 0;
  }

  /** Whether an SLM pixel stays dark. */
  public boolean isDead(int pixel) {
    return lot(pixel) < bench.slm().deadPixels();
  }

  /** Whether an SLM pixel stays at {@link #stuckDrive}. */
  public boolean isStuck(int pixel) {
    double lot = lot(pixel) - bench.slm().deadPixels();
    return lot >= 0 && lot < bench.slm().stuckPixels();
  }

  private double lot(int pixel) {
    return CounterRandom.uniform(key(BAD, 0), panelPixel(pixel));
  }

  /** The drive of a stuck pixel's channel 0 or 1, between 0 and 1. */
  public double stuckDrive(int pixel, int channel) {
    return CounterRandom.uniform(key(STUCK, channel), panelPixel(pixel));
  }
}
