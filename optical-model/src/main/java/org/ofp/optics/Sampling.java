// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import org.ofp.device.FrameShape;

/**
 * Where in the ideal pattern each detector pixel looks, and the weight of the field there. One
 * value per pixel, row by row. The arrays are shared and must not be written to.
 */
public final class Sampling {
  private final double[] v;
  private final double[] u;
  private final float[] weights;
  private final float[] amplitudes;

  /** The detector of a bench, for frames of one shape. */
  Sampling(BenchParameters bench, FrameShape shape) {
    int n = shape.pixels();
    v = new double[n];
    u = new double[n];
    weights = new float[n];
    amplitudes = new float[n];
    DetectorMap map = new DetectorMap(bench.lens(), shape);
    PixelEnvelope envelope =
        new PixelEnvelope(bench.slm().fillFactor(), shape.rows(), shape.cols());
    double[] place = new double[3];
    for (int i = 0; i < n; i++) {
      map.source(i / shape.cols() - shape.axisRow(), i % shape.cols() - shape.axisCol(), place);
      v[i] = place[0];
      u[i] = place[1];
      amplitudes[i] = (float) place[2];
      weights[i] = (float) (place[2] * envelope.row(v[i]) * envelope.col(u[i]));
    }
  }

  /** Places along the rows' axis, in pixels from the axis. */
  public double[] v() {
    return v;
  }

  /** Places along the columns' axis. */
  public double[] u() {
    return u;
  }

  /** The map's amplitude times the SLM pixel's envelope. */
  public float[] weights() {
    return weights;
  }

  /** The map's amplitude alone. */
  public float[] amplitudes() {
    return amplitudes;
  }
}
