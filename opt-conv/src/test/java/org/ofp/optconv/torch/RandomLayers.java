// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.List;
import java.util.Random;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.PaddingMode;
import org.ofp.optconv.TransposedSpec;

/** Random convolution layers with inputs: the range that the layer is promised for. */
record RandomLayers(LayerSpec spec, PaddingMode mode, int images, int rows, int cols) {

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
      int dilationRows = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
      int dilationCols = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
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
              .dilation(dilationRows, dilationCols)
              .groups(groups)
              .bias(random.nextBoolean());
      PaddingMode mode = mode(random, spec, rows, cols);
      if (rows + 2 * paddingRows >= spec.extentRows()
          && cols + 2 * paddingCols >= spec.extentCols()) {
        return new RandomLayers(spec, mode, images, rows, cols);
      }
    }
  }

  /** A transposed layer whose direct convolution stays below about 10⁸ multiplications. */
  static RandomLayers nextTransposed(Random random) {
    while (true) {
      int kernelRows = 1 + random.nextInt(7);
      int kernelCols = random.nextInt(3) == 0 ? 1 + random.nextInt(7) : kernelRows;
      int strideRows = 1 + random.nextInt(4);
      int strideCols = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : strideRows;
      int dilationRows = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
      int dilationCols = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
      int groups = random.nextInt(3) == 0 ? 1 << random.nextInt(4) : 1;
      int in = groups * (1 + random.nextInt(Math.max(1, 32 / groups)));
      int out = groups * (1 + random.nextInt(Math.max(1, 32 / groups)));
      TransposedSpec spec =
          TransposedSpec.of(in, out, 1)
              .kernel(kernelRows, kernelCols)
              .stride(strideRows, strideCols)
              .padding(random.nextInt(kernelRows + 2), random.nextInt(kernelCols + 2))
              .dilation(dilationRows, dilationCols)
              .outputPadding(
                  random.nextInt(Math.max(strideRows, dilationRows)),
                  random.nextInt(Math.max(strideCols, dilationCols)))
              .groups(groups)
              .bias(random.nextBoolean());
      int images = 1 + random.nextInt(3);
      int rows = 1 + random.nextInt(random.nextBoolean() ? 8 : 60);
      int cols = 1 + random.nextInt(random.nextBoolean() ? 8 : 60);
      long macs = (long) images * rows * cols * in / groups * out * kernelRows * kernelCols;
      if (macs <= 100_000_000L && hasOutput(spec, rows, cols)) {
        return new RandomLayers(spec, PaddingMode.ZEROS, images, rows, cols);
      }
    }
  }

  private static boolean hasOutput(TransposedSpec spec, int rows, int cols) {
    try {
      return spec.outputRows(rows) > 0 && spec.outputCols(cols) > 0;
    } catch (IllegalArgumentException nothingLeft) {
      return false;
    }
  }

  /** Any mode that may pad so much. */
  private static PaddingMode mode(Random random, ConvolutionSpec spec, int rows, int cols) {
    List<PaddingMode> modes = List.of(PaddingMode.values());
    PaddingMode mode = modes.get(random.nextInt(modes.size()));
    boolean small = spec.paddingRows() < rows && spec.paddingCols() < cols;
    return mode == PaddingMode.REPLICATE || small ? mode : PaddingMode.ZEROS;
  }

  private static int kernel(Random random) {
    return random.nextBoolean() ? 2 + random.nextInt(6) : 1 + random.nextInt(31);
  }
}
