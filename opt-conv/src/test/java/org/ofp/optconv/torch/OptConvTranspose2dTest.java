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
import org.ofp.device.DeviceException;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.Route;
import org.ofp.optconv.TransposedSpec;

class OptConvTranspose2dTest {
  private static final TransposedSpec SPEC =
      TransposedSpec.of(5, 4, 3).stride(2).padding(1).outputPadding(1);

  private PointerScope scope;
  private OpticalFourierDevice device;
  private OpticalContext context;

  @BeforeEach
  void open() {
    Torch.initialize();
    scope = new PointerScope();
    device = Devices.open("sim:ideal");
    context = OpticalContext.on(device);
    torch.manual_seed(41);
  }

  @AfterEach
  void close() {
    context.close();
    device.close();
    scope.close();
  }

  private static Tensor direct(OptConvTranspose2d conv, TransposedSpec spec, Tensor x) {
    return Direct.convolve(
        spec, Direct.exact(x), Direct.exact(conv.weight()), Direct.exact(conv.bias()));
  }

  @Test
  void runsOnTheDeviceAndTellsSo() {
    OptConvTranspose2d conv = new OptConvTranspose2d(context, SPEC);
    Tensor x = torch.randn(2, 5, 7, 6);
    assertTrue(Direct.error(direct(conv, SPEC, x), conv.forward(x)) < 1e-6);
    LayerRun run = context.runs().get(0);
    assertEquals(SPEC, run.spec());
    assertEquals(Route.OPTICAL, run.route());
    assertEquals(device.telemetry().framesLoaded(), run.frames());
    assertTrue(run.frames() > 0);
    // Changed weights are seen, whose spectra are kept otherwise.
    try (NoGradGuard guard = new NoGradGuard()) {
      conv.weight().mul_(new Scalar(3));
      assertTrue(Direct.error(direct(conv, SPEC, x), conv.forward(x)) < 1e-6);
    }
  }

  @Test
  void exactGradientsAreThoseOfLibtorch() {
    OptConvTranspose2d conv = new OptConvTranspose2d(context, SPEC);
    Tensor x = torch.randn(2, 5, 7, 6);
    x.set_requires_grad(true);
    conv.forward(x).tanh().sum().backward();
    Tensor exactX = Direct.leaf(x);
    Tensor w = Direct.leaf(conv.weight());
    Tensor b = Direct.leaf(conv.bias());
    Direct.convolve(SPEC, exactX, w, b).tanh().sum().backward();
    assertTrue(Direct.error(exactX.grad(), x.grad()) < 1e-5);
    assertTrue(Direct.error(w.grad(), conv.weight().grad()) < 1e-5);
    assertTrue(Direct.error(b.grad(), conv.bias().grad()) < 1e-5);
  }

  @Test
  void singleTapsArePointwise() {
    TransposedSpec spec =
        TransposedSpec.of(6, 4, 1).stride(3, 2).padding(1, 0).outputPadding(2, 1).groups(2);
    for (TransposedSpec s : new TransposedSpec[] {spec, TransposedSpec.of(6, 4, 1)}) {
      OptConvTranspose2d conv = new OptConvTranspose2d(context, s);
      Tensor x = torch.randn(2, 6, 5, 4);
      assertTrue(Direct.error(direct(conv, s, x), conv.forward(x)) < 1e-6);
    }
    assertEquals(Route.POINTWISE, context.runs().get(0).route());
    assertEquals(0, context.frames());
  }

  @Test
  void outputSizesCanBeAskedFor() {
    OptConvTranspose2d conv = new OptConvTranspose2d(context, SPEC);
    Tensor x = torch.randn(1, 5, 7, 6);
    Tensor y = conv.forward(x, 13, 12);
    assertArrayEquals(new long[] {1, 4, 13, 12}, y.shape());
    assertTrue(Direct.error(direct(conv, SPEC.outputPadding(0, 1), x), y) < 1e-6);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> conv.forward(x, 15, 12));
    assertTrue(e.getMessage().contains("output padding = 2"), e.getMessage());
  }

  @Test
  void refusesWhatDoesNotFit() {
    OptConvTranspose2d conv = new OptConvTranspose2d(context, SPEC);
    assertEquals(0, conv.forward(torch.empty(0, 5, 3, 3)).numel());
    assertThrows(IllegalArgumentException.class, () -> conv.forward(torch.randn(1, 4, 3, 3)));
    Tensor wide = torch.randn(1, 5, 3, 3).to(torch.ScalarType.Double);
    assertThrows(IllegalArgumentException.class, () -> conv.forward(wide));
    Tensor nan = torch.full(new long[] {1, 5, 3, 3}, new Scalar(Double.NaN));
    DeviceException e = assertThrows(DeviceException.class, () -> conv.forward(nan));
    assertEquals(ErrorCode.INADMISSIBLE_FRAME, e.code());
    // Without a device, any type that libtorch takes.
    OptConvTranspose2d electronic = new OptConvTranspose2d(OpticalContext.electronic(), SPEC);
    electronic.to(torch.ScalarType.Double, false);
    assertEquals(4 * 36, electronic.forward(wide).numel());
  }
}
