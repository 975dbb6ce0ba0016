// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ofp.kernels.KernelStatus;
import org.ofp.kernels.Kernels;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Every pointwise engine that can be used here against libtorch: those of the host, and a GPU's,
 * which only this module has on its class path together with libtorch.
 */
class PointwiseEnginesTest {
  /** images, input channels, output channels, rows, columns */
  private static final int[][] SIZES = {
    {1, 1, 1, 1, 1}, {2, 3, 5, 7, 9}, {3, 64, 128, 33, 31}, {1, 512, 96, 40, 41}
  };

  static Stream<String> engines() {
    return Kernels.list().stream()
        .filter(status -> status.kind().equals("pointwise") && status.available())
        .map(KernelStatus::name);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void equalsLibtorchsConvolution(String engine) {
    // Makes libtorch ready.
    OpticalContext.electronic().close();
    torch.manual_seed(11);
    for (int[] s : SIZES) {
      for (boolean withBias : new boolean[] {false, true}) {
        try (PointerScope scope = new PointerScope()) {
          Tensor x = torch.randn(s[0], s[1], s[3], s[4]);
          Tensor w = torch.randn(s[2], s[1], 1, 1);
          Tensor bias = withBias ? torch.randn(s[2]) : null;
          Tensor y = torch.empty(s[0], s[2], s[3], s[4]);
          FloatBuffer start = withBias ? bias.createBuffer() : null;
          Kernels.pointwiseProduct(engine)
              .apply(
                  s[0],
                  s[2],
                  s[1],
                  s[3] * s[4],
                  w.createBuffer(),
                  start,
                  x.createBuffer(),
                  y.createBuffer());
          TensorOptional exactBias =
              withBias ? new TensorOptional(exact(bias)) : new TensorOptional();
          Tensor exact =
              torch.conv2d(
                  exact(x),
                  exact(w),
                  exactBias,
                  new long[] {1, 1},
                  new long[] {0, 0},
                  new long[] {1, 1},
                  1);
          double error = norm(exact(y).sub(exact)) / norm(exact);
          // Roundings of 2⁻²⁴ = 6e-8 in sums of up to 513 terms, which add at random.
          assertTrue(error < 1e-6, engine + " " + Arrays.toString(s) + ": " + error);
        }
      }
    }
  }

  private static Tensor exact(Tensor x) {
    return x.to(torch.ScalarType.Double);
  }

  private static double norm(Tensor x) {
    return x.norm().item().toDouble();
  }
}
