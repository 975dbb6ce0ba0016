// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.GradientMode;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.PaddingMode;
import org.ofp.optconv.TransposedSpec;

/** Gradients through the device are those of the convolution. */
class OpticalGradientTest {
  /** Two float32 transforms each way and a sum over a map keep about 1e−6; the issue asks 1e−5. */
  private static final double EXACT = 1e-5;

  private static final long SEED = 20261123;

  @BeforeAll
  static void initialise() {
    Torch.initialize();
  }

  /** A layer of either kind, by what the tests need of it. */
  private record Layer(Forward forward, Tensor weight, Tensor bias) {
    interface Forward {
      Tensor of(Tensor x);
    }

    static Layer of(OpticalContext context, LayerSpec spec) {
      if (spec instanceof TransposedSpec transposed) {
        OptConvTranspose2d layer = new OptConvTranspose2d(context, transposed);
        return new Layer(layer::forward, layer.weight(), layer.bias());
      }
      OptConv2d layer = new OptConv2d(context, (ConvolutionSpec) spec);
      return new Layer(layer::forward, layer.weight(), layer.bias());
    }
  }

  static Stream<LayerSpec> layers() {
    return Stream.of(
        ConvolutionSpec.of(4, 6, 3).padding(1),
        ConvolutionSpec.of(3, 5, 3).stride(2).padding(1),
        ConvolutionSpec.of(3, 2, 3).stride(3, 2).padding(0, 2), // rows left over by the stride
        ConvolutionSpec.of(2, 3, 3).kernel(2, 5).dilation(3, 2).padding(2, 1),
        ConvolutionSpec.of(2, 3, 3).dilation(2).stride(2).padding(3),
        ConvolutionSpec.of(6, 4, 3).groups(2).padding(1),
        ConvolutionSpec.of(5, 5, 5).groups(5).padding(2).stride(2),
        ConvolutionSpec.of(2, 3, 3).padding(5, 4), // more padding than kernel
        ConvolutionSpec.of(2, 2, 11).padding(5),
        TransposedSpec.of(4, 3, 3).padding(1),
        TransposedSpec.of(4, 3, 3).stride(2).padding(1).outputPadding(1),
        TransposedSpec.of(4, 6, 2).stride(2).groups(2),
        TransposedSpec.of(2, 3, 3).stride(3, 2).padding(2, 0).outputPadding(2, 0).dilation(2, 1),
        // Output padding of a stride or more: the adjoint sees more than the input.
        TransposedSpec.of(2, 3, 2).dilation(3, 2).outputPadding(2, 1),
        TransposedSpec.of(3, 2, 1).stride(5).padding(2).outputPadding(4));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void areAdjointsAndEqualThoseOfLibtorch(LayerSpec spec) {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(GradientMode.OPTICAL);
      // 1×1 kernels go through the light too where they are asked to.
      context.routing(context.routing().rule("*=optical"));
      torch.manual_seed(SEED);
      Layer layer = Layer.of(context, spec);
      Tensor x = torch.randn(3, spec.inChannels(), 13, 11);
      x.set_requires_grad(true);
      Tensor y = layer.forward.of(x);
      Tensor g = torch.randn_like(y);
      y.mul(g).sum().backward();

      Tensor exactX = Direct.leaf(x);
      Tensor exactW = Direct.leaf(layer.weight);
      Tensor exactB = Direct.leaf(layer.bias);
      Tensor exact = Direct.convolve(spec, exactX, exactW, exactB);
      exact.mul(Direct.exact(g)).sum().backward();
      assertClose("output", exact, y);
      assertClose("input's gradient", exactX.grad(), x.grad());
      assertClose("weights' gradient", exactW.grad(), layer.weight.grad());
      assertClose("bias's gradient", exactB.grad(), layer.bias.grad());

      // ⟨g, A·x⟩ = ⟨Aᵀ·g, x⟩ with A·x = y − bias, and likewise in the weights.
      Tensor linear = y.sub(layer.bias.view(1, -1, 1, 1));
      double forward = Direct.dot(g, linear);
      double scale = g.norm().item().toDouble() * linear.norm().item().toDouble();
      assertEquals(forward, Direct.dot(x.grad(), x), EXACT * scale);
      assertEquals(forward, Direct.dot(layer.weight.grad(), layer.weight), EXACT * scale);
    }
  }

  private static void assertClose(String what, Tensor expected, Tensor actual) {
    double error = Direct.error(expected, actual);
    assertTrue(error <= EXACT, what + ": relative error " + error);
  }

  /**
   * ½‖y‖² is a quadratic form in x and in w, whose central differences are exact but for rounding:
   * in double precision with a step of 1e−3, about 1e−12.
   */
  @ParameterizedTest
  @MethodSource("layers")
  void agreeWithFiniteDifferences(LayerSpec spec) {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(GradientMode.OPTICAL);
      torch.manual_seed(SEED + 1);
      Layer layer = Layer.of(context, spec);
      Tensor x = torch.randn(2, spec.inChannels(), 9, 10);
      x.set_requires_grad(true);
      Tensor y = layer.forward.of(x);
      y.mul(y).sum().mul(new Scalar(0.5)).backward();
      Tensor w = layer.weight;
      Tensor stepX = Direct.exact(torch.randn_like(x));
      Tensor stepW = Direct.exact(torch.randn_like(w));
      double alongX =
          (energy(spec, moved(x, stepX, 1), Direct.exact(w), layer.bias)
                  - energy(spec, moved(x, stepX, -1), Direct.exact(w), layer.bias))
              / 2e-3;
      double alongW =
          (energy(spec, Direct.exact(x), moved(w, stepW, 1), layer.bias)
                  - energy(spec, Direct.exact(x), moved(w, stepW, -1), layer.bias))
              / 2e-3;
      double scaleX = x.grad().norm().item().toDouble() * stepX.norm().item().toDouble();
      double scaleW = w.grad().norm().item().toDouble() * stepW.norm().item().toDouble();
      assertEquals(alongX, Direct.dot(x.grad(), stepX), EXACT * scaleX);
      assertEquals(alongW, Direct.dot(w.grad(), stepW), EXACT * scaleW);
    }
  }

  private static Tensor moved(Tensor from, Tensor step, int sign) {
    return Direct.exact(from).add(step.mul(new Scalar(sign * 1e-3)));
  }

  private static double energy(LayerSpec spec, Tensor x, Tensor w, Tensor bias) {
    Tensor y = Direct.convolve(spec, x, w, Direct.exact(bias));
    return y.mul(y).sum().item().toDouble() / 2;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reflect", "replicate", "circular"})
  void goThroughPaddingModes(String mode) {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(GradientMode.OPTICAL);
      torch.manual_seed(SEED + 2);
      ConvolutionSpec spec = ConvolutionSpec.of(3, 4, 5).padding(2, 3).stride(2);
      OptConv2d conv =
          new OptConv2d(context, spec, PaddingMode.valueOf(mode.toUpperCase(Locale.ROOT)));
      Tensor x = torch.randn(2, 3, 8, 9);
      x.set_requires_grad(true);
      Tensor y = conv.forward(x);
      y.mul(y).sum().backward();
      Tensor exactX = Direct.leaf(x);
      Tensor exactW = Direct.leaf(conv.weight());
      Tensor exact = Direct.convolve(spec, mode, exactX, exactW, Direct.exact(conv.bias()));
      exact.mul(exact).sum().backward();
      assertClose("input's gradient", exactX.grad(), x.grad());
      assertClose("weights' gradient", exactW.grad(), conv.weight().grad());
    }
  }

  @Test
  void haveTheNoiseOfTheDevice() {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:demonstrator?seed=3");
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(GradientMode.OPTICAL);
      torch.manual_seed(SEED + 3);
      ConvolutionSpec spec = ConvolutionSpec.of(6, 8, 3).padding(1);
      OptConv2d conv = new OptConv2d(context, spec);
      Tensor x = torch.randn(2, 6, 24, 24);
      x.set_requires_grad(true);
      Tensor g = torch.randn(2, 8, 24, 24);
      conv.forward(x).mul(g).sum().backward();
      Tensor exactX = Direct.leaf(x);
      Tensor exactW = Direct.leaf(conv.weight());
      Direct.convolve(spec, exactX, exactW, null).mul(Direct.exact(g)).sum().backward();
      double data = Direct.error(exactX.grad(), x.grad());
      double weights = Direct.error(exactW.grad(), conv.weight().grad());
      // An 8-bit modulator and a 12-bit sensor: per cents, neither exact nor nonsense.
      assertTrue(data > 1e-4 && data < 0.1, "data gradient: " + data);
      assertTrue(weights > 1e-4 && weights < 0.2, "weight gradient: " + weights);
    }
  }

  @Test
  void areComputedOnlyWhereTheyAreWanted() {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(GradientMode.OPTICAL);
      List<LayerRun.Pass> passes = new ArrayList<>();
      context.onLayer(run -> passes.add(run.pass()));
      OptConv2d conv = new OptConv2d(context, ConvolutionSpec.of(3, 4, 3));

      conv.forward(torch.randn(1, 3, 8, 8)).sum().backward();
      assertEquals(List.of(LayerRun.Pass.FORWARD, LayerRun.Pass.WEIGHT_GRADIENT), passes);

      passes.clear();
      conv.weight().set_requires_grad(false);
      Tensor x = torch.randn(1, 3, 8, 8);
      x.set_requires_grad(true);
      conv.forward(x).sum().backward();
      assertEquals(List.of(LayerRun.Pass.FORWARD, LayerRun.Pass.DATA_GRADIENT), passes);
    }
  }

  @Test
  void ofEmptyBatchesAreZero() {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(GradientMode.OPTICAL);
      for (LayerSpec spec : List.of(ConvolutionSpec.of(2, 3, 3), TransposedSpec.of(2, 3, 3))) {
        Layer layer = Layer.of(context, spec);
        Tensor x = torch.empty(0, 2, 8, 8);
        x.set_requires_grad(true);
        layer.forward.of(x).sum().backward();
        assertEquals(0, x.grad().numel());
        assertEquals(0, layer.weight.grad().abs().sum().item().toDouble());
        assertEquals(0, layer.bias.grad().abs().sum().item().toDouble());
      }
    }
  }

  @Test
  void addUpOverLayersUsedTwice() {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      context.gradients(GradientMode.OPTICAL);
      torch.manual_seed(SEED + 4);
      ConvolutionSpec spec = ConvolutionSpec.of(3, 3, 3).padding(1);
      OptConv2d conv = new OptConv2d(context, spec);
      Tensor x = torch.randn(2, 3, 10, 10);
      x.set_requires_grad(true);
      Tensor inner = conv.forward(x).tanh();
      conv.forward(inner).add(inner).tanh().sum().backward();

      Tensor exactX = Direct.leaf(x);
      Tensor w = Direct.leaf(conv.weight());
      Tensor b = Direct.leaf(conv.bias());
      Tensor exactInner = Direct.convolve(spec, exactX, w, b).tanh();
      Direct.convolve(spec, exactInner, w, b).add(exactInner).tanh().sum().backward();
      assertClose("input's gradient", exactX.grad(), x.grad());
      assertClose("weights' gradient", w.grad(), conv.weight().grad());
      assertClose("bias's gradient", b.grad(), conv.bias().grad());
    }
  }
}
