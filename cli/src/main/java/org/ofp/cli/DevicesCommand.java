// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.ofp.cli.driver.DriverReport;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.json.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code ofp devices}. */
@Command(
    name = "devices",
    description = {
      "Lists the drivers found, whether each is usable here and why not, and devices it can open.",
      "No device is opened or disturbed."
    })
final class DevicesCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  /** All drivers, for JSON. */
  record Report(List<DriverReport> drivers) {}

  @Override
  public Integer call() {
    List<DriverReport> drivers = DriverReport.all(ofp.driverPath());
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), new Report(drivers));
    } else {
      DriverReport.print(drivers, ofp.terminal().out(), "");
    }
    return ExitStatus.SUCCESS;
  }
}
