// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.NonuniformTables;

/**
 * A lens whose pattern is turned, magnified or distorted: every detector pixel asks for the field
 * between the DFT's bins. Allocates its grid anew for every frame. Immutable, safe for use by
 * several threads.
 */
final class DistortingLens implements Lens {
  private final FrameShape shape;
  private final float[] weights;
  private final NonuniformTransform transform;

  /**
   * @param places where the pixels look
   * @param weights of the field there
   */
  DistortingLens(FrameShape shape, NonuniformTables places, float[] weights, FftKernel kernel) {
    this.shape = shape;
    this.weights = weights;
    transform = new NonuniformTransform(places, kernel);
  }

  @Override
  public void propagate(float[] light, int offset, Lanes lanes, float[] re, float[] im) {
    int n = shape.pixels();
    transform.evaluate(light, offset, new float[transform.gridFloats()], re, im);
    float unitary = (float) (1 / Math.sqrt(n));
    for (int i = 0; i < n; i++) {
      float weight = unitary * weights[i];
      float sumRe = re[i];
      // The lens's 1/i.
      re[i] = weight * im[i];
      im[i] = -weight * sumRe;
    }
  }
}
