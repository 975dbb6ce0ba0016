// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.ofp.optconv.ConvolutionSpec.Axes;

/** A layer, its input, and what it gives by its definition. */
final class LayerCase {
  final LayerSpec layer;
  final int images;
  final int rows;
  final int cols;
  final float[] x;
  final float[] w;
  final float[] bias;

  LayerCase(Random random, boolean transposed) {
    this(
        transposed ? transposed(random) : convolution(random),
        1 + random.nextInt(2),
        9 + random.nextInt(30),
        9 + random.nextInt(30),
        random);
  }

  LayerCase(LayerSpec layer, int images, int rows, int cols, Random random) {
    this.layer = layer;
    this.images = images;
    this.rows = rows;
    this.cols = cols;
    x = gaussian(random, images * layer.inChannels() * rows * cols);
    w = gaussian(random, layer.weightCount());
    bias = gaussian(random, layer.outChannels());
  }

  private static ConvolutionSpec convolution(Random random) {
    while (true) {
      int groups = 1 + random.nextInt(4);
      int in = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(4);
      int out = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(4);
      ConvolutionSpec spec =
          ConvolutionSpec.of(groups * in, groups * out, 1)
              .kernel(1 + random.nextInt(7), 1 + random.nextInt(7))
              .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
              .padding(random.nextInt(4), random.nextInt(4))
              .dilation(1 + random.nextInt(2), 1 + random.nextInt(2))
              .groups(groups);
      if (spec.extentRows() <= 9 && spec.extentCols() <= 9) {
        return spec;
      }
    }
  }

  private static TransposedSpec transposed(Random random) {
    while (true) {
      int groups = 1 + random.nextInt(3);
      Axes kernel = new Axes(1 + random.nextInt(5), 1 + random.nextInt(5));
      Axes stride = new Axes(1 + random.nextInt(3), 1 + random.nextInt(3));
      Axes dilation = new Axes(1 + random.nextInt(2), 1 + random.nextInt(2));
      TransposedSpec spec =
          TransposedSpec.of(groups * (1 + random.nextInt(3)), groups * (1 + random.nextInt(3)), 1)
              .kernel(kernel.rows(), kernel.cols())
              .stride(stride.rows(), stride.cols())
              .dilation(dilation.rows(), dilation.cols())
              .padding(random.nextInt(3), random.nextInt(3))
              .groups(groups);
      return spec.outputPadding(
          random.nextInt(Math.max(stride.rows(), dilation.rows())),
          random.nextInt(Math.max(stride.cols(), dilation.cols())));
    }
  }

  double[] reference() {
    int outRows = layer.outputRows(rows);
    int outCols = layer.outputCols(cols);
    double[] y = new double[images * layer.outChannels() * outRows * outCols];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i / (outRows * outCols) % layer.outChannels()];
    }
    forProducts((in, weight, out) -> y[out] += (double) x[in] * w[weight]);
    return y;
  }

  double[] weightGradient(float[] g) {
    double[] gradient = new double[w.length];
    forProducts((in, weight, out) -> gradient[weight] += (double) x[in] * g[out]);
    return gradient;
  }

  private void forProducts(Product action) {
    boolean transposed = layer instanceof TransposedSpec;
    ConvolutionSpec spec =
        transposed ? ((TransposedSpec) layer).adjoint() : (ConvolutionSpec) layer;
    // The convolution's large map is the layer's input, or the transposed layer's output.
    int largeRows = transposed ? layer.outputRows(rows) : rows;
    int largeCols = transposed ? layer.outputCols(cols) : cols;
    int smallRows = transposed ? rows : layer.outputRows(rows);
    int smallCols = transposed ? cols : layer.outputCols(cols);
    int large = spec.inChannels() / spec.groups();
    int small = spec.outChannels() / spec.groups();
    int taps = spec.kernelRows() * spec.kernelCols();
    for (int n = 0; n < images; n++) {
      for (int s = 0; s < spec.outChannels(); s++) {
        for (int l = 0; l < large; l++) {
          int largeChannel = s / small * large + l;
          for (int tap = 0; tap < taps; tap++) {
            int i = tap / spec.kernelCols();
            int j = tap % spec.kernelCols();
            for (int r = 0; r < smallRows; r++) {
              for (int c = 0; c < smallCols; c++) {
                int y = r * spec.strideRows() + i * spec.dilationRows() - spec.paddingRows();
                int x = c * spec.strideCols() + j * spec.dilationCols() - spec.paddingCols();
                if (y >= 0 && y < largeRows && x >= 0 && x < largeCols) {
                  int at = ((n * spec.inChannels() + largeChannel) * largeRows + y) * largeCols + x;
                  int other = ((n * spec.outChannels() + s) * smallRows + r) * smallCols + c;
                  int weight = (s * large + l) * taps + tap;
                  action.of(transposed ? other : at, weight, transposed ? at : other);
                }
              }
            }
          }
        }
      }
    }
  }

  private interface Product {
    void of(int input, int weight, int output);
  }

  @Override
  public String toString() {
    return layer + ", " + images + " images of " + rows + "×" + cols;
  }

  /** Runs it on an engine. */
  static float[] run(OpticalConvolver convolver, LayerCase c, boolean keep) {
    ConvolutionPlan plan = convolver.plan(c.layer, c.rows, c.cols);
    float[] y = new float[c.images * c.layer.outChannels() * plan.outputRows() * plan.outputCols()];
    Arrays.fill(y, Float.NaN);
    try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(c.w), keep)) {
      convolver.convolve(
          plan,
          FrameKey.forward(7, 0),
          c.images,
          FloatBuffer.wrap(c.x),
          kernels,
          FloatBuffer.wrap(c.bias),
          FloatBuffer.wrap(y));
    }
    return y;
  }

  static float[] gaussian(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static double relativeError(float[] y, double[] reference) {
    assertEquals(reference.length, y.length);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < y.length; i++) {
      error += Math.pow(y[i] - reference[i], 2);
      norm += reference[i] * reference[i];
    }
    return Math.sqrt(norm == 0 ? error : error / norm);
  }
}
