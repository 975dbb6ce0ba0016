// SPDX-License-Identifier: Apache-2.0
package org.ofp.examples.quickstart;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.device.ComplexField;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.torch.OptConv2d;
import org.ofp.optconv.torch.OpticalContext;
import org.ofp.optconv.torch.Torch;

/** The README's program: a transform and a convolution on the device that an address names. */
public final class Quickstart {
  private Quickstart() {}

  /** Runs on the device that the first argument names, else on {@code sim:demonstrator}. */
  public static void main(String[] args) {
    Torch.initialize();
    try (OpticalFourierDevice device =
            Devices.open(args.length > 0 ? args[0] : "sim:demonstrator");
        OpticalContext context = OpticalContext.on(device)) {
      float[] square = new float[64 * 64];
      for (int i = 0; i < 16 * 16; i++) {
        square[i / 16 * 64 + i % 16] = 1;
      }
      ComplexField spectrum =
          new FourierTransformer(device).forward(ComplexField.ofReal(64, 64, square));
      System.out.printf("zero order: %.3f%n", spectrum.re(0, 0)); // 16·16/64 = 4

      OptConv2d conv = new OptConv2d(context, ConvolutionSpec.of(3, 8, 5).padding(2));
      Tensor y = conv.forward(torch.rand(1, 3, 128, 128));
      System.out.printf("%s from %d frames%n", Arrays.toString(y.shape()), context.frames());
    }
  }
}
