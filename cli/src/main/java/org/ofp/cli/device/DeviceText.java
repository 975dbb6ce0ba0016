// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.device;

import java.io.PrintStream;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.device.Calibration;
import org.ofp.device.PhysicalParameter;

/** Prints a {@link DeviceReport} for people. */
public final class DeviceText {
  private static final String INDENT = "  ";

  private DeviceText() {}

  /** Prints all there is. */
  public static void print(DeviceReport device, PrintStream out) {
    new TextTable("Device", device.name())
        .row("Address", device.address())
        .row("Identity", device.id())
        .row("Driver", device.driver())
        .print(out, "");
    section(out, "Capabilities");
    capabilities(device.capabilities()).print(out, INDENT);
    section(out, "Calibration '" + device.calibration().id() + "'");
    calibration(device.calibration()).print(out, INDENT);
    section(out, "Physical parameters");
    TextTable parameters = new TextTable("NAME", "VALUE", "UNIT");
    for (PhysicalParameter parameter : device.parameters()) {
      parameters.row(parameter.name(), parameter.value(), parameter.unit());
    }
    parameters.print(out, INDENT);
    section(out, "Options: add ?name=value&name=value to the address, or -o name=value");
    TextTable options = new TextTable("NAME", "TYPE", "UNIT", "DEFAULT", "RANGE", "MEANING");
    for (DeviceReport.Option option : device.options()) {
      options.row(
          option.name(),
          option.type(),
          option.unit(),
          option.defaultValue(),
          option.range(),
          option.meaning());
    }
    options.print(out, INDENT);
    section(out, "Engines of this computer");
    TextTable kernels = new TextTable("KIND", "ENGINE", "STATE", "WHY");
    for (KernelReport kernel : device.kernels()) {
      kernels.row(kernel.kind(), kernel.name(), kernel.state(), kernel.reason());
    }
    kernels.print(out, INDENT);
  }

  private static TextTable capabilities(DeviceReport.Abilities device) {
    return new TextTable(
            "frames",
            device.rows()
                + "×"
                + device.cols()
                + " pixels"
                + (device.windows() ? ", and any smaller" : " only"))
        .row(
            "modulation",
            device.modulation()
                + ", amplitude "
                + bits(device.amplitudeBits())
                + ", phase "
                + bits(device.phaseBits()))
        .row("readout", device.readout() + ", " + bits(device.adcBits()))
        .row(
            "exposure",
            Quantity.number(device.minExposure())
                + " to "
                + Quantity.number(device.maxExposure())
                + " s, "
                + Quantity.number(device.defaultExposure())
                + " s unless asked for")
        .row("frame period", Quantity.number(device.framePeriod()) + " s to load and settle")
        .row("read period", Quantity.number(device.readPeriod()) + " s a read, exposure apart")
        .row("repeating a frame", repeats(device.determinism()))
        .row("device API level", Integer.toString(device.apiLevel()));
  }

  private static String repeats(String determinism) {
    return switch (determinism) {
      case "noiseless" -> "gives the same numbers (noiseless)";
      case "seeded" -> "gives the same numbers for the same seed and frame id (seeded)";
      default -> "gives other numbers each time (" + determinism + ")";
    };
  }

  private static TextTable calibration(Calibration calibration) {
    return new TextTable(
            "sensitivity", Quantity.number(calibration.sensitivity()) + " DN/s at unit field")
        .row("reference amplitude", Quantity.number(calibration.referenceAmplitude()))
        .row("fringe visibility", Quantity.number(calibration.visibility()))
        .row("black level", Quantity.number(calibration.blackLevel()) + " DN")
        .row("full scale", Quantity.number(calibration.fullScale()) + " DN");
  }

  private static String bits(int bits) {
    return bits == 0 ? "continuous" : Quantity.count(bits, "bit");
  }

  private static void section(PrintStream out, String title) {
    out.println();
    out.println(title);
  }
}
