// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.PaddingMode;
import org.ofp.optconv.Route;
import org.ofp.optconv.TransposedSpec;

/** Layers have names, run where the policy says, and what ran is told. */
class RoutingTest {
  private static class Net extends Module {
    private final Part first;
    private final Part second;
    private final OptConv2d shared;

    Net(OpticalContext context) {
      super("Net");
      shared = new OptConv2d(context, ConvolutionSpec.of(2, 2, 1));
      first = register_module("first", new Part(context));
      second = register_module("second", new Part(context));
      register_module("head", shared);
      register_module("again", shared);
    }

    Tensor forward(Tensor x) {
      return shared.forward(second.forward(first.forward(x)));
    }
  }

  private static class Part extends Module {
    private final OptConv2d conv;
    private final OptConvTranspose2d up;
    private final OptConv1d line;

    Part(OpticalContext context) {
      super("Part");
      conv = register_module("conv", new OptConv2d(context, ConvolutionSpec.of(2, 2, 3).same()));
      up = register_module("up", new OptConvTranspose2d(context, TransposedSpec.of(2, 2, 2)));
      line =
          register_module(
              "line",
              new OptConv1d(
                  context, ConvolutionSpec.of(2, 2, 1).kernel(1, 3).same(), PaddingMode.ZEROS));
    }

    Tensor forward(Tensor x) {
      Tensor y = up.forward(conv.forward(x));
      return line.forward(y.narrow(2, 0, 1).squeeze(2)).unsqueeze(2);
    }
  }

  @Test
  void layersAreKnownByTheirPlaceInTheNetwork() {
    Torch.initialize();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      Net net = new Net(context);
      assertEquals("layer0", net.shared.layerName());
      context.name(net);
      assertEquals("head", net.shared.layerName());
      assertEquals("second.up", net.second.up.layerName());

      context.routing(context.routing().rule("first.*=electronic").rule("*.line=electronic"));
      List<LayerRun> heard = new ArrayList<>();
      context.onLayer(heard::add);
      net.forward(torch.randn(1, 2, 6, 6));
      assertEquals(
          List.of(
              "first.conv",
              "first.up",
              "first.line",
              "second.conv",
              "second.up",
              "second.line",
              "head"),
          heard.stream().map(LayerRun::name).toList());
      assertEquals(
          List.of(
              Route.ELECTRONIC,
              Route.ELECTRONIC,
              Route.ELECTRONIC,
              Route.OPTICAL,
              Route.OPTICAL,
              Route.ELECTRONIC,
              Route.POINTWISE),
          heard.stream().map(LayerRun::route).toList());
      // In the order of construction, the latest of each.
      net.forward(torch.randn(1, 2, 8, 8));
      assertEquals(7, context.runs().size());
      assertEquals("head", context.runs().get(0).name());
      assertEquals(14, heard.size());
      assertEquals(context.frames(), heard.stream().mapToLong(LayerRun::frames).sum());
      assertEquals(
          device.telemetry().framesLoaded(), heard.stream().mapToLong(LayerRun::frames).sum());
    }
  }

  @Test
  void withoutADeviceEverythingIsElectronic() {
    try (OpticalContext context = OpticalContext.electronic()) {
      context.routing(context.routing().rule("*=optical"));
      LayerSpec spec = ConvolutionSpec.of(2, 2, 3);
      assertEquals(Route.ELECTRONIC, context.route(spec));
      assertTrue(context.decide("any", spec).reason().contains("no device"));
    }
  }

  @Test
  void impossibleRoutesAreErrors() {
    try (PointerScope scope = new PointerScope();
        OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      OptConv2d conv = new OptConv2d(context, ConvolutionSpec.of(2, 2, 3));
      context.routing(context.routing().rule("layer*=pointwise"));
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> conv.forward(torch.randn(1, 2, 6, 6)));
      assertTrue(e.getMessage().contains("layer0"), e.getMessage());
    }
  }
}
