// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.term.TextTable;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
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
  record Report(List<Entry> drivers) {}

  /** One driver, for JSON; the reason says why it is not usable, or what it found. */
  record Entry(
      String scheme, String summary, boolean usable, String reason, List<String> devices) {}

  @Override
  public Integer call() {
    List<Entry> drivers = Devices.drivers().stream().map(DevicesCommand::entry).toList();
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), new Report(drivers));
      return ExitStatus.SUCCESS;
    }
    TextTable table = new TextTable("DRIVER", "USABLE", "WHAT IT IS", "DEVICES", "FOUND");
    for (Entry driver : drivers) {
      table.row(
          driver.scheme,
          driver.usable ? "yes" : "no",
          driver.summary,
          String.join(" ", driver.devices),
          driver.reason);
    }
    table.print(ofp.terminal().out(), "");
    return ExitStatus.SUCCESS;
  }

  private static Entry entry(Devices.Driver driver) {
    List<String> devices =
        driver.bodies().stream().map(body -> address(driver.scheme(), body)).toList();
    return new Entry(
        driver.scheme(),
        driver.summary(),
        driver.availability().usable(),
        driver.availability().reason(),
        devices);
  }

  private static String address(String scheme, String body) {
    return new DeviceUri.Layer(scheme, body, Map.of()).toString();
  }
}
