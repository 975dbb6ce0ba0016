// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.Random;
import org.ofp.optconv.ConvolutionSpec;

/** Random convolution layers with inputs: the range that the layer is promised for. */
record RandomLayers(ConvolutionSpec spec, int images, int rows, int cols) {

  /** A layer whose direct convolution stays below about 2·10⁸ multiplications. */
  static RandomLayers next(Random random) {
    while (true) {
      int kernelRows = kernel(random);
      int kernelCols = random.nextInt(3) == 0 ? kernel(random) : kernelRows;
      int groups = random.nextInt(3) == 0 ? 1 << random.nextInt(5) : 1;
      int in = groups * (1 + random.nextInt(Math.max(1, 64 / groups)));
      int out = groups * (1 + random.nextInt(Math.max(1, 64 / groups)));
      if (random.nextInt(6) == 0) {
        groups = in;
        out = in; // depthwise
      }
      int paddingRows = random.nextInt(kernelRows + 2);
      int paddingCols = random.nextInt(kernelCols + 2);
      int rows = 1 + random.nextInt(random.nextBoolean() ? 24 : 150);
      int cols = 1 + random.nextInt(random.nextBoolean() ? 24 : 150);
      if (rows + 2 * paddingRows < kernelRows || cols + 2 * paddingCols < kernelCols) {
        continue;
      }
      int images = 1 + random.nextInt(3);
      long macs = (long) images * rows * cols * in / groups * out * kernelRows * kernelCols;
      if (macs > 200_000_000L) {
        continue;
      }
      ConvolutionSpec spec =
          ConvolutionSpec.of(in, out, kernelRows)
              .kernel(kernelRows, kernelCols)
              .stride(1 + random.nextInt(4), 1 + random.nextInt(4))
              .padding(paddingRows, paddingCols)
              .groups(groups)
              .bias(random.nextBoolean());
      return new RandomLayers(spec, images, rows, cols);
    }
  }

  private static int kernel(Random random) {
    return random.nextBoolean() ? 2 + random.nextInt(6) : 1 + random.nextInt(31);
  }
}
