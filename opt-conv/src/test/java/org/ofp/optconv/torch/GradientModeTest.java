// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.GradientMode;

/** What may be done with a layer's graph, and what it costs. */
class GradientModeTest {
  private static final ConvolutionSpec SPEC = ConvolutionSpec.of(3, 4, 3).padding(1);

  private static final int STEPS = "full".equals(System.getProperty("ofp.tests")) ? 2000 : 500;

  private PointerScope scope;
  private OpticalFourierDevice device;
  private OpticalContext context;

  @BeforeEach
  void open() {
    Torch.initialize();
    scope = new PointerScope();
    device = Devices.open("sim:ideal");
    context = OpticalContext.on(device);
    torch.manual_seed(17);
  }

  @AfterEach
  void close() {
    context.close();
    device.close();
    scope.close();
  }

  private OptConv2d layer(GradientMode mode) {
    context.gradients(mode);
    return new OptConv2d(context, SPEC);
  }

  private static Tensor input() {
    Tensor x = torch.randn(2, 3, 9, 9);
    x.set_requires_grad(true);
    return x;
  }

  private static void backward(Tensor loss, boolean retain, boolean again) {
    loss.backward(new Tensor(), new BoolOptional(retain), again, new TensorArrayRefOptional());
  }

  private static void assertFails(Class<? extends Throwable> type, Runnable work, String... parts) {
    Throwable e = assertThrows(type, work::run);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void noneIsAnErrorAndNotADetach() {
    OptConv2d conv = layer(GradientMode.NONE);
    Tensor y = conv.forward(input());
    assertTrue(y.requires_grad());
    assertFails(RuntimeException.class, () -> y.sum().backward(), "layer0", "NONE", "PERFECT");
    Tensor again = conv.forward(input());
    assertFails(IllegalStateException.class, () -> context.backward(again.sum()), "layer0");

    // Frozen, nothing needs a gradient, and nothing is recorded.
    conv.weight().set_requires_grad(false);
    conv.bias().set_requires_grad(false);
    assertFalse(conv.forward(torch.randn(1, 3, 9, 9)).requires_grad());
    try (NoGradGuard guard = new NoGradGuard()) {
      assertFalse(conv.forward(input()).requires_grad());
    }
  }

  @Test
  void noneHoldsForPointwiseLayersToo() {
    context.gradients(GradientMode.NONE);
    OptConv2d conv = new OptConv2d(context, ConvolutionSpec.of(3, 4, 1));
    Tensor y = conv.forward(input());
    assertFails(RuntimeException.class, () -> y.sum().backward(), "layer0", "NONE");
  }

  @Test
  void aLayerMayHaveAModeOfItsOwn() {
    OptConv2d conv = layer(GradientMode.NONE);
    conv.gradients(GradientMode.PERFECT);
    conv.forward(input()).sum().backward();
    assertTrue(conv.weight().grad().defined());
    conv.gradients(null);
    Tensor y = conv.forward(input());
    assertFails(IllegalStateException.class, () -> context.backward(y.sum()), "NONE");
  }

  @Test
  void onlyPerfectGradientsCanBeDifferentiatedAgain() {
    OptConv2d optical = layer(GradientMode.OPTICAL);
    Tensor y = optical.forward(input());
    assertFails(
        RuntimeException.class,
        () -> backward(y.mul(y).sum(), true, true),
        "layer0",
        "differentiated again",
        "PERFECT");

    OptConv2d perfect = layer(GradientMode.PERFECT);
    Tensor x = input();
    Tensor z = perfect.forward(x);
    Tensor gradient =
        torch
            .grad(
                new TensorVector(z.mul(z).sum()),
                new TensorVector(x),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false)
            .get(0);
    gradient.mul(gradient).sum().backward();

    Tensor exactX = Direct.leaf(x);
    Tensor w = Direct.leaf(perfect.weight());
    Tensor exact = Direct.convolve(SPEC, exactX, w, Direct.exact(perfect.bias()));
    Tensor exactGradient =
        torch
            .grad(
                new TensorVector(exact.mul(exact).sum()),
                new TensorVector(exactX),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false)
            .get(0);
    exactGradient.mul(exactGradient).sum().backward();
    assertTrue(Direct.error(exactX.grad(), x.grad()) < 1e-5);
    assertTrue(Direct.error(w.grad(), perfect.weight().grad()) < 1e-5);
  }

  @Test
  void graphsCanBeKeptAndAreGoneOtherwise() {
    OptConv2d conv = layer(GradientMode.OPTICAL);
    Tensor x = input();
    Tensor loss = conv.forward(x).tanh().sum();
    backward(loss, true, false);
    Tensor once = conv.weight().grad().clone();
    Tensor onceX = x.grad().clone();
    backward(loss, false, false);
    assertTrue(Direct.error(once.mul(new Scalar(2)), conv.weight().grad()) < 1e-6);
    assertTrue(Direct.error(onceX.mul(new Scalar(2)), x.grad()) < 1e-6);
    // libtorch's own complaint.
    assertFails(RuntimeException.class, loss::backward, "second time");
    Tensor y = conv.forward(x);
    y.sum().backward();
    assertFails(RuntimeException.class, () -> y.sum().backward(), "second time");
  }

  @Test
  void aPartOfTheGradientsCanBeAskedFor() {
    OptConv2d conv = layer(GradientMode.OPTICAL);
    Tensor x = input();
    TensorVector gradients =
        torch.grad(new TensorVector(conv.forward(x).sum()), new TensorVector(conv.weight()));
    assertEquals(4 * 3 * 3 * 3, gradients.get(0).numel());
    assertFalse(x.grad().defined());
  }

  @Test
  void valuesThatChangedMeanwhileAreNoticed() {
    OptConv2d conv = layer(GradientMode.OPTICAL);
    Tensor first = conv.forward(input()).sum();
    try (NoGradGuard guard = new NoGradGuard()) {
      conv.weight().mul_(new Scalar(2));
    }
    assertFails(
        IllegalStateException.class,
        () -> context.backward(first),
        "weights",
        "layer0",
        "in place");
    Tensor inner = input().mul(new Scalar(2));
    Tensor second = conv.forward(inner).sum();
    inner.tanh_();
    assertFails(
        IllegalStateException.class, () -> context.backward(second), "input", "layer0", "in place");
  }

  @Test
  void resultsMayBeChangedInPlace() {
    OptConv2d conv = layer(GradientMode.OPTICAL);
    Tensor x = input();
    conv.forward(x).relu_().sum().backward();
    Tensor exactX = Direct.leaf(x);
    Direct.convolve(SPEC, exactX, Direct.exact(conv.weight()), Direct.exact(conv.bias()))
        .relu()
        .sum()
        .backward();
    assertTrue(Direct.error(exactX.grad(), x.grad()) < 1e-5);
  }

  @Test
  void failuresOnTheWayBackAreThrownAsTheyAre() {
    OptConv2d conv = layer(GradientMode.OPTICAL);
    Tensor nan = torch.full(new long[] {1}, new Scalar(Double.NaN));
    Tensor y = conv.forward(input());
    DeviceException e =
        assertThrows(DeviceException.class, () -> context.backward(y.mul(nan).sum()));
    assertEquals(ErrorCode.INADMISSIBLE_FRAME, e.code());
    Tensor again = conv.forward(input());
    assertFails(RuntimeException.class, () -> again.mul(nan).sum().backward(), "NaN");
    // The layer works on afterwards.
    conv.forward(input()).sum().backward();
    assertTrue(conv.weight().grad().defined());
  }

  @Test
  void passesAreFreedWithTheirGraphs() {
    OptConv2d conv = layer(GradientMode.OPTICAL);
    RecordedPass.freeDead();
    assertEquals(0, RecordedPass.live());
    try (PointerScope step = new PointerScope()) {
      Tensor kept = conv.forward(input());
      try (PointerScope inner = new PointerScope()) {
        conv.forward(input()); // never asked for a gradient
        assertEquals(2, RecordedPass.live());
      }
      RecordedPass.freeDead();
      assertEquals(1, RecordedPass.live());
      kept.sum().backward();
      RecordedPass.freeDead();
      assertEquals(1, RecordedPass.live(), "the result still has its graph");
    }
    RecordedPass.freeDead();
    assertEquals(0, RecordedPass.live());
  }

  /** What hooks are given and what they make is freed by the next hook, scope or no scope. */
  @Test
  void backwardPassesFreeWhatTheyMake() throws InterruptedException {
    OptConv2d conv = layer(GradientMode.OPTICAL);
    context.backward(conv.forward(input()).sum()); // the parameters have gradients now
    Tensor here = conv.forward(input()).sum();
    Tensor elsewhere = conv.forward(input()).sum();
    long count = Pointer.totalCount();
    context.backward(here);
    // Less the input and the weights, which the pass had kept.
    assertTrue(Pointer.totalCount() <= count - 2, Pointer.totalCount() + ", not " + count);
    Thread thread = new Thread(() -> context.backward(elsewhere)); // has no scope
    thread.start();
    thread.join();
    assertTrue(Pointer.totalCount() <= count - 4, Pointer.totalCount() + ", not " + count);
  }

  /**
   * Each step leaves nothing behind: the graphs are gone, or their passes would be live, and so is
   * all that Java held in libtorch's memory. (The memory of the process says less: it has Java's
   * heap.)
   */
  @Test
  void nativeMemoryStaysFlatOverTraining() {
    OptConv2d first = layer(GradientMode.OPTICAL);
    OptConv2d second = new OptConv2d(context, ConvolutionSpec.of(4, 2, 3).padding(1));
    for (int i = 0; i < 10; i++) {
      step(first, second);
    }
    System.gc();
    RecordedPass.freeDead();
    long count = Pointer.totalCount();
    long most = 0;
    for (int i = 0; i < STEPS; i++) {
      step(first, second);
      RecordedPass.freeDead();
      assertEquals(0, RecordedPass.live());
      // The collector frees what was forgotten, but not after every step.
      most = Math.max(most, Pointer.totalCount() - count);
    }
    // None as a rule; FFT plans may take another thread's scratch. One leaked a step makes dozens.
    assertTrue(most <= 8, "objects: " + most);
  }

  private static void step(OptConv2d first, OptConv2d second) {
    try (PointerScope step = new PointerScope()) {
      Tensor x = torch.randn(1, 3, 16, 16);
      x.set_requires_grad(true);
      second.forward(first.forward(x).relu()).mul(new Scalar(1e-3)).sum().backward();
      try (NoGradGuard guard = new NoGradGuard()) {
        first.weight().sub_(first.weight().grad());
      }
    }
  }
}
