// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.driver;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ofp.cli.term.TextTable;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;

/**
 * What became of one driver.
 *
 * @param scheme the scheme of its addresses; its class name, or {@code ?}, if it does not load
 * @param summary one line about it
 * @param usable whether it can be used here
 * @param reason why it is not usable, or what it found
 * @param devices addresses it can open here
 */
public record DriverReport(
    String scheme, String summary, boolean usable, String reason, List<String> devices) {
  /** Stands for the scheme of a driver of which nothing is known. */
  private static final String UNKNOWN = "?";

  public DriverReport {
    devices = List.copyOf(devices);
  }

  /** Every driver that is found, usable or not, and every place of the path where none can be. */
  public static List<DriverReport> all(DriverPath path) {
    List<DriverReport> drivers = new ArrayList<>();
    for (Devices.Driver driver : Devices.drivers()) {
      drivers.add(of(driver));
    }
    for (DriverPath.Entry entry : path.entries()) {
      if (!entry.problem().isEmpty()) {
        drivers.add(broken(UNKNOWN, entry.path() + ": " + entry.problem()));
      }
    }
    return drivers;
  }

  /** Prints them for people. */
  public static void print(List<DriverReport> drivers, PrintStream out, String indent) {
    TextTable table = new TextTable("DRIVER", "USABLE", "WHAT IT IS", "DEVICES", "FOUND");
    for (DriverReport driver : drivers) {
      table.row(
          driver.scheme,
          driver.usable ? "yes" : "no",
          driver.summary,
          String.join(" ", driver.devices),
          driver.reason);
    }
    table.print(out, indent);
  }

  private static DriverReport of(Devices.Driver driver) {
    try {
      return new DriverReport(
          driver.scheme(),
          driver.summary(),
          driver.availability().usable(),
          driver.availability().reason(),
          driver.bodies().stream().map(body -> address(driver.scheme(), body)).toList());
    } catch (RuntimeException e) { // nulls, or a scheme or body that no address can have
      return broken(String.valueOf(driver.scheme()), "it is broken: " + e);
    }
  }

  private static DriverReport broken(String scheme, String reason) {
    return new DriverReport(scheme, "", false, reason, List.of());
  }

  private static String address(String scheme, String body) {
    return new DeviceUri.Layer(scheme, body, Map.of()).toString();
  }
}
