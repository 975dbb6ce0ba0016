// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.List;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.cli.network.Engine;
import org.ofp.device.DeviceUri;
import org.ofp.optconv.GradientMode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The device on which a network trains, and what of training runs on it. */
public final class TrainingDeviceOption {
  @Option(
      names = "--device",
      paramLabel = "URI",
      defaultValue = "none",
      description =
          "Address of the device through which the network runs, so that it learns to live with"
              + " what the device does to it; 'none' for plain electronic convolutions, which are"
              + " much faster than a simulated device (default: ${DEFAULT-VALUE}).")
  private String address;

  @Option(
      names = "--gradient",
      paramLabel = "MODE",
      defaultValue = "perfect",
      converter = GradientName.class,
      description =
          "Where gradients come from if there is a device: perfect (exact, electronic) or optical"
              + " (through the device too) (default: ${DEFAULT-VALUE}).")
  private GradientMode gradient;

  @Mixin private InnermostOptions options = new InnermostOptions();

  @Mixin private PrecisionOptions precision = new PrecisionOptions();

  /** Gradient modes as they are written. */
  static final class GradientName extends Choice<GradientMode> {
    GradientName() {
      super("gradient mode", List.of(GradientMode.PERFECT, GradientMode.OPTICAL));
    }
  }

  /** Where gradients come from, as it is written. */
  public String gradient() {
    return Choice.nameOf(gradient);
  }

  /** The address with all options, or {@code none}. */
  public String name() {
    return options.completeOrNone(address).map(DeviceUri::toString).orElse("none");
  }

  /** How fields are put on the device, as text that differs where results would. */
  public String precision() {
    return precision.transformOptions().toString();
  }

  /** Checks what can be checked without the device. */
  public void check() {
    Optional<DeviceUri> uri = options.completeOrNone(address);
    precision.transformOptions();
    if (uri.isEmpty() && gradient == GradientMode.OPTICAL) {
      throw CliException.usage(
          "--gradient optical needs a device; with --device none there is none");
    }
  }

  /** Opens the device. */
  public Engine open() {
    Engine engine = Engine.open(options.completeOrNone(address), precision.transformOptions());
    engine.context().gradients(gradient);
    return engine;
  }
}
