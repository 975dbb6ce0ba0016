// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.ConvolutionSpec.Axes;

/**
 * Layers of all kinds against their definition in double precision, on a device that loses nothing
 * but the last digits of floats: of large frames, of frames that are smaller than some kernels, and
 * without windows.
 */
class OpticalConvolverTest {
  private static final long SEED = 20261123;
  private static final int LAYERS = "full".equals(System.getProperty("ofp.tests")) ? 2000 : 120;

  @ParameterizedTest
  @ValueSource(
      strings = {"sim:ideal", "sim:ideal?rows=11&cols=9", "sim:ideal?rows=16&cols=16&windows=off"})
  void equalsTheDefinition(String uri) {
    Random random = new Random(SEED);
    double[] errors = new double[LAYERS];
    try (OpticalFourierDevice device = Devices.open(uri)) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      for (int i = 0; i < LAYERS; i++) {
        Case c = new Case(random, i % 2 == 1);
        float[] y = run(convolver, c, i % 3 != 0);
        errors[i] = relativeError(y, c.reference());
        // Each of two transforms adds about 2e-7; required is 1e-5.
        assertTrue(errors[i] <= 1e-5, "seed " + SEED + ", layer " + i + ": " + errors[i] + " " + c);
      }
    }
    Arrays.sort(errors);
    System.out.printf(
        "%d random layers, half of them transposed, on %s (seed %d): median %.2e, worst %.2e%n",
        LAYERS, uri, SEED, errors[LAYERS / 2], errors[LAYERS - 1]);
    assertTrue(errors[LAYERS / 2] <= 3e-6);
  }

  @Test
  void theWeightsGradientEqualsTheDefinition() {
    Random random = new Random(SEED);
    try (OpticalFourierDevice device = Devices.open("sim:ideal?rows=64&cols=64")) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      double worst = 0;
      for (int i = 0; i < LAYERS / 2; i++) {
        Case c = new Case(random, false);
        ConvolutionSpec spec = (ConvolutionSpec) c.layer;
        ConvolutionPlan plan = convolver.plan(spec, c.rows, c.cols);
        float[] g = gaussian(random, c.reference().length);
        float[] gradient = new float[spec.weightCount()];
        long before = device.telemetry().framesLoaded();
        convolver.weightGradient(
            plan,
            FrameKey.forward(0, 0).weightGradient(),
            c.images,
            FloatBuffer.wrap(c.x),
            FloatBuffer.wrap(g),
            FloatBuffer.wrap(gradient));
        double error = relativeError(gradient, c.weightGradient(g));
        worst = Math.max(worst, error);
        assertTrue(error <= 1e-5, "seed " + SEED + ", layer " + i + ": " + error + " " + c);
        assertTrue(device.telemetry().framesLoaded() > before);
      }
      assertEquals(device.telemetry().framesLoaded(), convolver.frames());
      System.out.printf("weights' gradients of %d layers: worst %.2e%n", LAYERS / 2, worst);
    }
  }

  @Test
  void noImagesTakeNoFrames() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal")) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      for (int groups : new int[] {1, 4}) {
        ConvolutionSpec spec = ConvolutionSpec.of(4, 4, 3).groups(groups);
        assertEquals(0, run(convolver, new Case(spec, 0, 12, 12, new Random(SEED)), true).length);
      }
      assertEquals(0, convolver.frames());
    }
  }

  @Test
  void aWrongTapIsSeen() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal")) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      Case c = new Case(new Random(SEED), false);
      double[] reference = c.reference();
      c.w[0] += 1;
      assertTrue(relativeError(run(convolver, c, true), reference) > 1e-3);
    }
  }

  @Test
  void resultsDoNotDependOnTheBatchNorOnWhetherSpectraAreKept() {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator?seed=3")) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      ConvolutionSpec spec = ConvolutionSpec.of(3, 5, 3).padding(1);
      Random random = new Random(SEED);
      Case c = new Case(spec, 4, 21, 37, random);
      float[] whole = run(convolver, c, true);
      int perImage = c.x.length / c.images;
      int outPerImage = whole.length / c.images;
      for (int image = 0; image < c.images; image++) {
        ConvolutionPlan plan = convolver.plan(spec, c.rows, c.cols);
        float[] y = new float[outPerImage];
        try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(c.w), true)) {
          convolver.convolve(
              plan,
              FrameKey.forward(7, image),
              1,
              FloatBuffer.wrap(Arrays.copyOfRange(c.x, image * perImage, (image + 1) * perImage)),
              kernels,
              FloatBuffer.wrap(c.bias),
              FloatBuffer.wrap(y));
        }
        assertArrayEquals(
            Arrays.copyOfRange(whole, image * outPerImage, (image + 1) * outPerImage), y);
      }
      assertArrayEquals(whole, run(convolver, c, false));
    }
  }

  private static float[] run(OpticalConvolver convolver, Case c, boolean keep) {
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

  private static float[] gaussian(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double relativeError(float[] y, double[] reference) {
    assertEquals(reference.length, y.length);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < y.length; i++) {
      error += Math.pow(y[i] - reference[i], 2);
      norm += reference[i] * reference[i];
    }
    return Math.sqrt(norm == 0 ? error : error / norm);
  }

  /** A layer, its input, and what it gives by its definition. */
  private static final class Case {
    final LayerSpec layer;
    final int images;
    final int rows;
    final int cols;
    final float[] x;
    final float[] w;
    final float[] bias;

    Case(Random random, boolean transposed) {
      this(
          transposed ? transposed(random) : convolution(random),
          1 + random.nextInt(2),
          9 + random.nextInt(30),
          9 + random.nextInt(30),
          random);
    }

    Case(LayerSpec layer, int images, int rows, int cols, Random random) {
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
                    int at =
                        ((n * spec.inChannels() + largeChannel) * largeRows + y) * largeCols + x;
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
  }
}
