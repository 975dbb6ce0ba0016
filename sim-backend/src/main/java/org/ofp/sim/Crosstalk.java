// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;
import org.ofp.optics.CrosstalkTransfer;

/**
 * Blurs drives by the fringing field between pixels, as {@link CrosstalkTransfer} says. Immutable,
 * safe for use by several threads.
 */
final class Crosstalk {
  private final FftPlan fft;
  private final float[] rowTransfer;
  private final float[] colTransfer;

  Crosstalk(double sigma, FrameShape shape, FftKernel kernel) {
    fft = kernel.plan(shape.rows(), shape.cols());
    rowTransfer = CrosstalkTransfer.of(sigma, shape.rows());
    colTransfer = CrosstalkTransfer.of(sigma, shape.cols());
  }

  /** Blurs the drives of one frame, interleaved, in place. */
  void blur(float[] drives, int offset) {
    fft.forward(drives, offset, 1);
    int i = offset;
    for (float row : rowTransfer) {
      for (float col : colTransfer) {
        float factor = row * col;
        drives[i++] *= factor;
        drives[i++] *= factor;
      }
    }
    fft.inverse(drives, offset, 1);
  }
}
