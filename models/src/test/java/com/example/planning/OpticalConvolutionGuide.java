// SPDX-License-Identifier: Apache-2.0
package com.example.planning;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.models.ModelLayers;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.ConvolutionPlan;
import org.ofp.optconv.ConvolutionPlanner;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.FrameKey;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.MacCount;
import org.ofp.optconv.NetworkLayer;
import org.ofp.optconv.NetworkPlan;
import org.ofp.optconv.NetworkPlanner;
import org.ofp.optconv.Objective;
import org.ofp.optconv.OpticalConvolver;
import org.ofp.optconv.RoutingPolicy;
import org.ofp.optconv.torch.NetworkTrace;
import org.ofp.optconv.torch.OpticalContext;

/** The code of docs/OPTICAL_CONVOLUTION.md. */
final class OpticalConvolutionGuide {
  private OpticalConvolutionGuide() {}

  /** One layer, from weights to outputs. */
  static float[] convolve(float[] x, float[] weights) {
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator")) {
      OpticalConvolver convolver = new OpticalConvolver(device, TransformOptions.defaults());
      ConvolutionSpec layer = ConvolutionSpec.of(16, 32, 3).padding(1).bias(false);
      ConvolutionPlan plan = convolver.plan(layer, 64, 64);
      float[] y = new float[32 * 64 * 64];
      try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(weights), true)) {
        convolver.convolve(
            plan,
            FrameKey.forward(0, 0), // layer 0, image 0: keys a simulated device's noise
            1,
            FloatBuffer.wrap(x),
            kernels,
            null,
            FloatBuffer.wrap(y));
      }
      return y;
    }
  }

  /** What a layer would take, objective by objective. */
  static String objectives() {
    StringBuilder text = new StringBuilder();
    try (OpticalFourierDevice device = Devices.open("sim:demonstrator")) {
      ConvolutionSpec layer = ConvolutionSpec.of(16, 32, 3).padding(1);
      for (Objective objective : List.of(Objective.HOST_TIME, Objective.DEVICE_TIME)) {
        ConvolutionPlan plan =
            ConvolutionPlanner.forDevice(device, TransformOptions.defaults(), objective)
                .plan(layer, 64, 64);
        text.append(
            "%s: %d frames of %s, %.0f s of the device, %d MACs instead of %d%n"
                .formatted(
                    objective,
                    plan.frames(),
                    plan.frame(),
                    plan.deviceSeconds(),
                    plan.spectralMacs(),
                    MacCount.electronic(layer, 64, 64)));
      }
    }
    return text.toString();
  }

  /** A network planned, run and compared. */
  static List<String> network(Tensor images) {
    try (OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      SegmentationModel model = Models.create("unet-efficientnet-b0", 23, context, 0);
      RoutingPolicy routing = RoutingPolicy.defaults().rule("inc.*=electronic");
      context.routing(routing);
      NetworkPlan plan = plan(device, routing, (int) images.size(2), (int) images.size(3));

      NetworkTrace trace = new NetworkTrace();
      context.onLayer(trace);
      model.infer(images);
      return plan.compare(trace.facts(), (int) images.size(0)); // empty: it ran as planned
    }
  }

  private static NetworkPlan plan(
      OpticalFourierDevice device, RoutingPolicy routing, int rows, int cols) {
    try (OpticalContext electronic = OpticalContext.electronic()) {
      SegmentationModel model = Models.create("unet-efficientnet-b0", 23, electronic, 0);
      List<NetworkLayer> layers =
          ModelLayers.of(model, electronic, rows, cols, run -> {}).stream()
              .map(layer -> layer.routed(routing))
              .toList();
      ConvolutionPlanner planner =
          ConvolutionPlanner.forDevice(device, TransformOptions.defaults(), Objective.HOST_TIME);
      return NetworkPlanner.of(planner, 512L << 20).plan(layers); // 512 MB for kernel spectra
    }
  }
}
