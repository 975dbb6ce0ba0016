// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.PaddingMode;

class PaddingModeTest {
  private PointerScope scope;
  private NoGradGuard noGradients;
  private OpticalFourierDevice device;
  private OpticalContext context;

  @BeforeEach
  void open() {
    Torch.initialize();
    scope = new PointerScope();
    noGradients = new NoGradGuard();
    device = Devices.open("sim:ideal");
    context = OpticalContext.on(device);
  }

  @AfterEach
  void close() {
    context.close();
    device.close();
    noGradients.close();
    scope.close();
  }

  /** 1 2 4 8 continued by two on either side, three taps of one: sums of neighbours, by hand. */
  @ParameterizedTest
  @EnumSource
  void continuesTheMap(PaddingMode mode) {
    float[] expected =
        switch (mode) {
          case ZEROS -> new float[] {1, 3, 7, 14, 12, 8}; // 0 0 1 2 4 8 0 0
          case REFLECT -> new float[] {7, 5, 7, 14, 16, 14}; // 4 2 1 2 4 8 4 2
          case REPLICATE -> new float[] {3, 4, 7, 14, 20, 24}; // 1 1 1 2 4 8 8 8
          case CIRCULAR -> new float[] {13, 11, 7, 14, 13, 11}; // 4 8 1 2 4 8 1 2
        };
    ConvolutionSpec spec = ConvolutionSpec.of(1, 1, 3).kernel(1, 3).padding(0, 2).bias(false);
    for (OpticalContext where : new OpticalContext[] {context, OpticalContext.electronic()}) {
      OptConv2d conv = new OptConv2d(where, spec, mode);
      conv.weight().fill_(new Scalar(1));
      Tensor y = conv.forward(torch.tensor(1f, 2f, 4f, 8f).view(1, 1, 1, 4));
      float[] values = new float[6];
      HostFloats.of(y).get(values);
      assertArrayEquals(expected, values, 1e-5f, where.routing().toString());
      assertEquals(0, conv.forward(torch.empty(0, 1, 1, 4)).numel());
    }
    assertTrue(context.frames() > 0);
  }

  @Test
  void paddingHasLimits() {
    // As in PyTorch: a mirror needs a pixel behind its edge, a circle goes round once.
    assertRefused(PaddingMode.REFLECT, 4, "reflect padding of 4 columns", "the most is 3");
    assertRefused(PaddingMode.CIRCULAR, 5, "circular padding of 5 columns", "the most is 4");
    layer(PaddingMode.REFLECT, 3).forward(torch.ones(1, 1, 1, 4));
    layer(PaddingMode.CIRCULAR, 4).forward(torch.ones(1, 1, 1, 4));
    layer(PaddingMode.REPLICATE, 9).forward(torch.ones(1, 1, 1, 4));
  }

  private OptConv2d layer(PaddingMode mode, int padding) {
    return new OptConv2d(
        context, ConvolutionSpec.of(1, 1, 3).kernel(1, 3).padding(0, padding), mode);
  }

  private void assertRefused(PaddingMode mode, int padding, String... parts) {
    OptConv2d conv = layer(mode, padding);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> conv.forward(torch.ones(1, 1, 1, 4)));
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void sameKeepsTheSize() {
    ConvolutionSpec same = ConvolutionSpec.of(2, 3, 3).kernel(5, 3).dilation(1, 4).same();
    assertArrayEquals(
        new long[] {1, 3, 7, 9},
        new OptConv2d(context, same).forward(torch.randn(1, 2, 7, 9)).shape());
    ConvolutionSpec even = ConvolutionSpec.of(2, 3, 4);
    assertThrows(IllegalArgumentException.class, even::same);
    assertThrows(
        IllegalArgumentException.class, () -> ConvolutionSpec.of(2, 3, 3).stride(2).same());
  }

  @Test
  void oneDimensionIsARow() {
    noGradients.close();
    torch.manual_seed(5);
    ConvolutionSpec spec =
        ConvolutionSpec.of(4, 6, 1).kernel(1, 5).padding(0, 2).stride(1, 2).groups(2);
    OptConv1d conv = new OptConv1d(context, spec, PaddingMode.ZEROS);
    assertArrayEquals(new long[] {6, 2, 5}, conv.weight().shape());
    Tensor x = torch.randn(3, 4, 21);
    x.set_requires_grad(true);
    Tensor y = conv.forward(x);
    y.tanh().sum().backward();
    assertTrue(context.frames() > 0);

    Tensor exactX = Direct.leaf(x);
    Tensor w = Direct.leaf(conv.weight());
    Tensor exact =
        Direct.convolve(spec, exactX.unsqueeze(2), w.unsqueeze(2), Direct.exact(conv.bias()))
            .squeeze(2);
    exact.tanh().sum().backward();
    assertTrue(Direct.error(exact, y) < 1e-6);
    assertTrue(Direct.error(exactX.grad(), x.grad()) < 1e-5);
    assertTrue(Direct.error(w.grad(), conv.weight().grad()) < 1e-5);
    assertThrows(IllegalArgumentException.class, () -> conv.forward(torch.randn(3, 4, 1, 21)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new OptConv1d(context, ConvolutionSpec.of(4, 6, 3), PaddingMode.ZEROS));
  }
}
