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
        LayerCase c = new LayerCase(random, i % 2 == 1);
        float[] y = LayerCase.run(convolver, c, i % 3 != 0);
        errors[i] = LayerCase.relativeError(y, c.reference());
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
        LayerCase c = new LayerCase(random, false);
        ConvolutionSpec spec = (ConvolutionSpec) c.layer;
        ConvolutionPlan plan = convolver.plan(spec, c.rows, c.cols);
        float[] g = LayerCase.gaussian(random, c.reference().length);
        float[] gradient = new float[spec.weightCount()];
        long before = device.telemetry().framesLoaded();
        convolver.weightGradient(
            plan,
            FrameKey.forward(0, 0).weightGradient(),
            c.images,
            FloatBuffer.wrap(c.x),
            FloatBuffer.wrap(g),
            FloatBuffer.wrap(gradient));
        double error = LayerCase.relativeError(gradient, c.weightGradient(g));
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
        assertEquals(
            0,
            LayerCase.run(convolver, new LayerCase(spec, 0, 12, 12, new Random(SEED)), true)
                .length);
      }
      assertEquals(0, convolver.frames());
    }
  }

  @Test
  void aWrongTapIsSeen() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal")) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      LayerCase c = new LayerCase(new Random(SEED), false);
      double[] reference = c.reference();
      c.w[0] += 1;
      assertTrue(LayerCase.relativeError(LayerCase.run(convolver, c, true), reference) > 1e-3);
    }
  }

  @Test
  void resultsDoNotDependOnTheBatchNorOnWhetherSpectraAreKept() {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator?seed=3")) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      ConvolutionSpec spec = ConvolutionSpec.of(3, 5, 3).padding(1);
      Random random = new Random(SEED);
      LayerCase c = new LayerCase(spec, 4, 21, 37, random);
      float[] whole = LayerCase.run(convolver, c, true);
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
      assertArrayEquals(whole, LayerCase.run(convolver, c, false));
    }
  }
}
