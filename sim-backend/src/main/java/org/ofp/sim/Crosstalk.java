// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import org.ofp.device.FrameShape;
import org.ofp.kernels.FftKernel;
import org.ofp.kernels.FftPlan;

/**
 * The fringing field between pixels: the drive is blurred by a Gaussian of σ pixels.
 *
 * <p>Done in the frequency domain, where the Gaussian's transfer {@code exp(−2π²σ²f²)} is exact for
 * any σ; a sampled kernel is not below one pixel. The frame is continued periodically, as
 * everywhere in a discrete Fourier model. Both channels are real and the transfer is real and even,
 * so one complex transform blurs both. Immutable, safe for use by several threads.
 */
final class Crosstalk {
  private final FftPlan fft;
  private final float[] rowTransfer;
  private final float[] colTransfer;

  Crosstalk(double sigma, FrameShape shape, FftKernel kernel) {
    fft = kernel.plan(shape.rows(), shape.cols());
    rowTransfer = transfer(sigma, shape.rows());
    colTransfer = transfer(sigma, shape.cols());
  }

  private static float[] transfer(double sigma, int n) {
    float[] transfer = new float[n];
    for (int k = 0; k < n; k++) {
      double f = (double) Math.min(k, n - k) / n;
      transfer[k] = (float) Math.exp(-2 * Math.PI * Math.PI * sigma * sigma * f * f);
    }
    return transfer;
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
