// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.stream.IntStream;
import org.ofp.device.FrameShape;

/**
 * Real multiply-accumulate operations (MACs) of convolutions: what electronics does in the map's
 * space, and what is left to it in the frequency domain where light does the transforms.
 *
 * <p><b>A frame.</b> The spectrum of a real plane is known from half of it. A T×T frame has
 * (T²−4)/2 complex frequencies of 4 real MACs and 4 real ones of 1 if T is even, (T²−1)/2 and 1 if
 * it is odd: M = 2T²−4 or 2T²−1 real MACs per pair of channels, against k²(T−k+1)² for the same
 * outputs.
 *
 * <p><b>A network by equal tiles</b>, for comparison with other accounts, is not what the engine
 * does ({@link ConvolutionPlan#spectralMacs} is). The convention of {@link #tiled}: batch 1; layers
 * with kernels larger than 1×1; T×T tiles that are whole, those that the map fills in part too;
 * strided layers computed with stride 1, so that their s² is lost; transposed ones as convolutions
 * of the map with zeros inserted. They are set against {@link #electronic}, where a transposed
 * convolution costs k² per pixel of its input, or against {@link #electronicWithZeros}, where the
 * inserted zeros are multiplied as well. Biases and the arithmetic of encoding are not counted.
 */
public final class MacCount {
  private MacCount() {}

  /** Per pair of channels and frame, half spectrum: M above. */
  public static long spectral(FrameShape frame) {
    int real = (frame.rows() % 2 == 0 ? 2 : 1) * (frame.cols() % 2 == 0 ? 2 : 1);
    return 2L * frame.pixels() - real;
  }

  /** How many times fewer MACs a frame of T×T takes for a k×k kernel than the same outputs do. */
  public static double reduction(int kernel, int frame) {
    double valid = frame - kernel + 1;
    return kernel * kernel * valid * valid / spectral(new FrameShape(frame, frame));
  }

  /**
   * A layer in electronics, an image: a MAC per tap, pair of channels and output pixel, taps that
   * fall on padding included; per input pixel if the layer is transposed.
   */
  public static long electronic(LayerSpec layer, int rows, int cols) {
    return layer instanceof TransposedSpec
        ? perPixel(layer) * rows * cols
        : electronicWithZeros(layer, rows, cols);
  }

  /** As {@link #electronic}, transposed layers counted per output pixel, inserted zeros and all. */
  public static long electronicWithZeros(LayerSpec layer, int rows, int cols) {
    return perPixel(layer) * layer.outputRows(rows) * layer.outputCols(cols);
  }

  private static long perPixel(LayerSpec layer) {
    return pairs(layer) * layer.kernelRows() * layer.kernelCols();
  }

  private static long pairs(LayerSpec layer) {
    return (long) layer.outChannels() * (layer.inChannels() / layer.groups());
  }

  /**
   * A layer by whole tiles of one size, an image, in the convention above.
   *
   * @param side rows and columns of a tile, at least the kernel's extent
   * @throws IllegalArgumentException if the kernel does not fit the tile
   */
  public static long tiled(LayerSpec layer, int rows, int cols, int side) {
    long tiles = tiles(denseRows(layer, rows), side, extentRows(layer));
    tiles *= tiles(denseCols(layer, cols), side, extentCols(layer));
    return Math.multiplyExact(tiles * pairs(layer), spectral(new FrameShape(side, side)));
  }

  /** As {@link #tiled} with the tile, up to {@code largest}, that takes the fewest MACs. */
  public static long tiledBest(LayerSpec layer, int rows, int cols, int largest) {
    int least = Math.max(extentRows(layer), extentCols(layer));
    return IntStream.rangeClosed(least, Math.max(least, largest))
        .mapToLong(side -> tiled(layer, rows, cols, side))
        .min()
        .orElseThrow();
  }

  private static long tiles(int outputs, int side, int extent) {
    if (side < extent) {
      throw new IllegalArgumentException(
          "a tile of "
              + side
              + " samples is smaller than the kernel's extent of "
              + extent
              + "; use a larger tile");
    }
    return ConvolutionPlan.ceilDiv(outputs, side - extent + 1);
  }

  /** Output rows at stride 1. */
  private static int denseRows(LayerSpec layer, int rows) {
    return layer instanceof ConvolutionSpec spec
        ? spec.stride(1).outputRows(rows)
        : layer.outputRows(rows);
  }

  private static int denseCols(LayerSpec layer, int cols) {
    return layer instanceof ConvolutionSpec spec
        ? spec.stride(1).outputCols(cols)
        : layer.outputCols(cols);
  }

  private static int extentRows(LayerSpec layer) {
    return dense(layer).extentRows();
  }

  private static int extentCols(LayerSpec layer) {
    return dense(layer).extentCols();
  }

  private static ConvolutionSpec dense(LayerSpec layer) {
    return layer instanceof TransposedSpec spec ? spec.adjoint() : (ConvolutionSpec) layer;
  }
}
