// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.PaddingMode;
import org.ofp.optconv.TransposedSpec;

/** The layers on an exact device equal direct convolution in double precision. */
class OptConv2dValidationTest {
  private static final boolean FULL = "full".equals(System.getProperty("ofp.tests"));

  @Test
  void equalsDirectConvolutionForRandomLayers() {
    check("layers", FULL ? 2000 : 120, RandomLayers::next);
  }

  @Test
  void equalsDirectTransposedConvolutionForRandomLayers() {
    check("transposed layers", FULL ? 500 : 60, RandomLayers::nextTransposed);
  }

  private static void check(String what, int layers, Function<Random, RandomLayers> next) {
    long seed = 20261122;
    Random random = new Random(seed);
    double[] errors = new double[layers];
    try (OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      for (int i = 0; i < layers; i++) {
        RandomLayers layer = next.apply(random);
        errors[i] = relativeError(context, layer);
        // Worst case of the issue; a float32 FFT pair over up to 2^18 samples keeps about 1e−6.
        assertTrue(
            errors[i] <= 1e-5,
            "seed " + seed + ", layer " + i + " " + layer + ": relative error " + errors[i]);
      }
    }
    Arrays.sort(errors);
    System.out.printf(
        "%d random %s on sim:ideal (seed %d): relative error median %.2e, worst %.2e%n",
        layers, what, seed, errors[layers / 2], errors[layers - 1]);
    assertTrue(errors[layers / 2] <= 3e-6, "median " + errors[layers / 2]);
  }

  private static double relativeError(OpticalContext context, RandomLayers layer) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      torch.manual_seed(layer.hashCode());
      Tensor x =
          torch
              .randn(layer.images(), layer.spec().inChannels(), layer.rows(), layer.cols())
              .add(new Scalar(0.7f));
      // Strides may pick outputs of the padding alone: then the absolute norm counts.
      if (layer.spec() instanceof TransposedSpec spec) {
        OptConvTranspose2d conv = new OptConvTranspose2d(context, spec);
        fill(conv.weight(), conv.bias());
        return Direct.error(direct(layer, x, conv.weight(), conv.bias()), conv.forward(x));
      }
      OptConv2d conv = new OptConv2d(context, (ConvolutionSpec) layer.spec(), layer.mode());
      fill(conv.weight(), conv.bias());
      return Direct.error(direct(layer, x, conv.weight(), conv.bias()), conv.forward(x));
    }
  }

  private static void fill(Tensor weight, Tensor bias) {
    weight.copy_(torch.randn_like(weight));
    if (bias != null) {
      bias.copy_(torch.randn_like(bias));
    }
  }

  private static Tensor direct(RandomLayers layer, Tensor x, Tensor weight, Tensor bias) {
    Tensor exactX = Direct.exact(x);
    Tensor exactW = Direct.exact(weight);
    Tensor exactB = bias == null ? null : Direct.exact(bias);
    if (layer.mode() == PaddingMode.ZEROS) {
      return Direct.convolve(layer.spec(), exactX, exactW, exactB);
    }
    String mode = layer.mode().name().toLowerCase(Locale.ROOT);
    return Direct.convolve((ConvolutionSpec) layer.spec(), mode, exactX, exactW, exactB);
  }
}
