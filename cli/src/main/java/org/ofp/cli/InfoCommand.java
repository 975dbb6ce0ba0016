// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.util.concurrent.Callable;
import org.ofp.cli.device.DeviceReport;
import org.ofp.cli.device.DeviceText;
import org.ofp.cli.device.KernelReport;
import org.ofp.cli.device.Opening;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.option.DeviceParameter;
import org.ofp.device.DeviceUri;
import org.ofp.device.OpticalFourierDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code ofp info URI}. */
@Command(
    name = "info",
    description = {
      "Describes a device: what it can do, its physical parameters, every option of its address,",
      "and the engines of this computer that compute beside it."
    })
final class InfoCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Mixin private DeviceParameter address;

  @Override
  public Integer call() {
    DeviceUri uri = address.uri();
    try (OpticalFourierDevice device = Opening.open(uri)) {
      DeviceReport report = DeviceReport.of(uri, device.description(), KernelReport.all());
      if (ofp.json()) {
        JsonOutput.write(ofp.terminal().out(), report);
      } else {
        DeviceText.print(report, ofp.terminal().out());
      }
      return ExitStatus.SUCCESS;
    }
  }
}
