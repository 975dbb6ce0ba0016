// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;

/** The layer on an exact device equals direct convolution in double precision. */
class OptConv2dValidationTest {
  private static final int LAYERS = "full".equals(System.getProperty("ofp.tests")) ? 2000 : 120;

  @Test
  void equalsDirectConvolutionForRandomLayers() {
    long seed = 20261122;
    Random random = new Random(seed);
    double[] errors = new double[LAYERS];
    try (OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      for (int i = 0; i < LAYERS; i++) {
        RandomLayers layer = RandomLayers.next(random);
        errors[i] = relativeError(context, layer);
        // Worst case of the issue; a float32 FFT pair over up to 2^18 samples keeps about 1e−6.
        assertTrue(
            errors[i] <= 1e-5,
            "seed " + seed + ", layer " + i + " " + layer + ": relative error " + errors[i]);
      }
    }
    Arrays.sort(errors);
    System.out.printf(
        "%d random layers on sim:ideal (seed %d): relative error median %.2e, worst %.2e%n",
        LAYERS, seed, errors[LAYERS / 2], errors[LAYERS - 1]);
    assertTrue(errors[LAYERS / 2] <= 3e-6, "median " + errors[LAYERS / 2]);
  }

  static double relativeError(OpticalContext context, RandomLayers layer) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      ConvolutionSpec spec = layer.spec();
      OptConv2d conv = new OptConv2d(context, spec);
      torch.manual_seed(layer.hashCode());
      conv.weight().copy_(torch.randn_like(conv.weight()));
      if (conv.bias() != null) {
        conv.bias().copy_(torch.randn_like(conv.bias()));
      }
      Tensor x =
          torch
              .randn(layer.images(), spec.inChannels(), layer.rows(), layer.cols())
              .add(new Scalar(0.7f));
      Tensor y = conv.forward(x);
      Tensor reference =
          torch.conv2d(
              x.to(torch.ScalarType.Double),
              conv.weight().to(torch.ScalarType.Double),
              conv.bias() == null
                  ? new TensorOptional()
                  : new TensorOptional(conv.bias().to(torch.ScalarType.Double)),
              new long[] {spec.strideRows(), spec.strideCols()},
              new long[] {spec.paddingRows(), spec.paddingCols()},
              new long[] {spec.dilationRows(), spec.dilationCols()},
              spec.groups());
      double error = y.to(torch.ScalarType.Double).sub(reference).norm().item().toDouble();
      double norm = reference.norm().item().toDouble();
      // Strides may pick outputs of the padding alone: then the absolute norm counts.
      return norm == 0 ? error : error / norm;
    }
  }
}
