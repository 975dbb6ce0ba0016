// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.DetectorMap;
import org.ofp.optics.PixelEnvelope;

/**
 * Where in the ideal pattern each detector pixel looks, and the weight of the field there. Built
 * once per shape; the arrays are shared and not written to.
 */
final class Sampling {
  private final double[] v;
  private final double[] u;
  private final float[] weights;
  private final float[] amplitudes;

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
  double[] v() {
    return v;
  }

  /** Places along the columns' axis. */
  double[] u() {
    return u;
  }

  /** The map's amplitude times the SLM pixel's envelope. */
  float[] weights() {
    return weights;
  }

  /** The map's amplitude alone. */
  float[] amplitudes() {
    return amplitudes;
  }
}
