// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ofp.cli.device.Opening;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.option.Choice;
import org.ofp.cli.option.DeviceOption;
import org.ofp.cli.option.ModelOptions;
import org.ofp.cli.option.PrecisionOptions;
import org.ofp.cli.plan.ImageSize;
import org.ofp.cli.plan.ObjectiveName;
import org.ofp.cli.plan.PlanReport;
import org.ofp.cli.plan.PlanText;
import org.ofp.cli.term.Progress;
import org.ofp.device.DeviceUri;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.models.ModelLayers;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.ConvolutionPlanner;
import org.ofp.optconv.NetworkLayer;
import org.ofp.optconv.NetworkPlanner;
import org.ofp.optconv.Objective;
import org.ofp.optconv.RoutingPolicy;
import org.ofp.optconv.torch.OpticalContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ofp plan}. */
@Command(
    name = "plan",
    description = {
      "Tells, layer by layer, what a network takes of a device: where it runs and why, frames,"
          + " multiply-accumulates, time and energy of the device.",
      "MACs are those of electronics alone; hybrid are those that are left to it on the layer's"
          + " route, beside light. Time and energy follow from what the device declares; exposures"
          + " are metered frame by frame, so they are expectations. The network runs once,"
          + " electronically, to see its maps; the device shows nothing."
    })
final class PlanCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Mixin private ModelOptions options;

  @Mixin private DeviceOption address;

  @Mixin private PrecisionOptions precision;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "512",
      converter = ImageSize.Converter.class,
      description = "An image of NxN pixels, or of ROWSxCOLS (default: ${DEFAULT-VALUE}).")
  private ImageSize size;

  @Option(
      names = "--objective",
      paramLabel = "WHAT",
      defaultValue = "host-time",
      converter = ObjectiveName.class,
      description =
          "What to plan for: host-time, device-time or accuracy (default: ${DEFAULT-VALUE}).")
  private Objective objective;

  @Override
  public Integer call() throws IOException {
    Optional<DeviceUri> uri = address.uriOrNone();
    try (OpticalFourierDevice device = uri.map(Opening::open).orElse(null)) {
      NetworkPlanner planner =
          device == null ? NetworkPlanner.electronic() : NetworkPlanner.of(planner(device));
      RoutingPolicy routing =
          device == null ? RoutingPolicy.defaults().withoutDevice() : RoutingPolicy.defaults();
      List<NetworkLayer> layers = layers().stream().map(layer -> layer.routed(routing)).toList();
      PlanReport report =
          PlanReport.of(
              options.name(),
              size,
              uri.map(DeviceUri::toString).orElse("none"),
              Choice.nameOf(objective),
              planner.plan(layers),
              Optional.ofNullable(device).map(d -> d.description().capabilities()));
      if (ofp.json()) {
        JsonOutput.write(ofp.terminal().out(), report);
      } else {
        PlanText.print(report, ofp.terminal().out());
      }
    }
    return ExitStatus.SUCCESS;
  }

  private ConvolutionPlanner planner(OpticalFourierDevice device) {
    return ConvolutionPlanner.forDevice(device, precision.transformOptions(), objective);
  }

  private List<NetworkLayer> layers() throws IOException {
    try (OpticalContext context = OpticalContext.electronic()) {
      SegmentationModel model = options.create(context);
      long layers = model.parameters().values().stream().filter(p -> p.dim() == 4).count();
      try (Progress progress = Progress.start(ofp.terminal(), "electronic layers", layers)) {
        return ModelLayers.of(
            model, context, size.rows(), size.cols(), layer -> progress.advance(1));
      }
    }
  }
}
