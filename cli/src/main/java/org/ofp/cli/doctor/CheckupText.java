// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.doctor;

import java.io.PrintStream;
import org.ofp.cli.device.KernelReport;
import org.ofp.cli.driver.DriverPath;
import org.ofp.cli.driver.DriverReport;
import org.ofp.cli.error.OneLine;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.TextTable;
import org.ofp.cuda.gpu.GpuDescription;

/** Prints a {@link Checkup} for people: what there is, and last what is wrong with it. */
public final class CheckupText {
  private static final String INDENT = "  ";

  private CheckupText() {}

  /** Prints all there is. */
  public static void print(Checkup checkup, PrintStream out) {
    Platform platform = checkup.platform();
    new TextTable(
            "Java", platform.java() + " (" + platform.javaVendor() + "), " + platform.javaHome())
        .row(
            "System",
            platform.system()
                + ", "
                + platform.architecture()
                + ", "
                + Quantity.count(platform.processors(), "processor"))
        .row("Memory", memory(platform))
        .row("Library cache", cache(checkup.cache()))
        .print(out, "");
    section(out, "Drivers");
    DriverReport.print(checkup.drivers(), out, INDENT);
    if (!checkup.driverPath().isEmpty()) {
      section(out, "Driver path");
      TextTable jars = new TextTable("JAR", "DRIVERS", "WHAT IS WRONG");
      for (DriverPath.Entry jar : checkup.driverPath()) {
        String drivers =
            jar.problem().isEmpty() && jar.drivers().isEmpty()
                ? "none named in META-INF/services"
                : String.join(" ", jar.drivers());
        jars.row(jar.path().toString(), drivers, jar.problem());
      }
      jars.print(out, INDENT);
    }
    section(out, "Native libraries");
    TextTable libraries = new TextTable("LIBRARY", "VERSION", "STATE", "WHY");
    for (LibraryReport library : checkup.libraries()) {
      libraries.row(
          library.name(),
          library.version(),
          library.loads() ? "loads" : library.present() ? "does not load" : "not installed",
          library.reason());
    }
    libraries.print(out, INDENT);
    cuda(checkup.cuda(), out);
    section(out, "Engines of this computer");
    TextTable kernels = new TextTable("KIND", "ENGINE", "STATE", "WHY");
    for (KernelReport kernel : checkup.kernels()) {
      kernels.row(kernel.kind(), kernel.name(), kernel.state(), kernel.reason());
    }
    kernels.print(out, INDENT);
    out.println();
    out.println(verdict(checkup));
    for (String problem : checkup.problems()) {
      out.println(INDENT + OneLine.of(problem));
    }
  }

  private static void cuda(CudaReport cuda, PrintStream out) {
    section(out, "CUDA");
    TextTable table =
        new TextTable(
            "Driver",
            cuda.driver().isEmpty()
                ? cuda.reason()
                : "for CUDA up to " + cuda.driver() + (cuda.usable() ? "" : "; " + cuda.reason()));
    for (GpuDescription gpu : cuda.gpus()) {
      table.row(
          "cuda:" + gpu.ordinal(),
          gpu.name()
              + ", compute capability "
              + gpu.computeCapability() / 10
              + "."
              + gpu.computeCapability() % 10
              + ", "
              + Quantity.bytes(gpu.totalBytes()));
    }
    for (CudaReport.Library library : cuda.libraries()) {
      table.row(
          library.name() + " (" + library.binding() + ")",
          library.loads() ? library.version() + " loads" : "does not load: " + library.reason());
    }
    table.print(out, INDENT);
  }

  private static String memory(Platform platform) {
    String limits = "Java heap up to " + Quantity.bytes(platform.heapLimit());
    if (platform.nativeLimit() > 0) {
      limits += ", tensors up to " + Quantity.bytes(platform.nativeLimit());
    }
    if (platform.processLimit() > 0) {
      limits += ", process up to " + Quantity.bytes(platform.processLimit());
    }
    return platform.memory() == 0
        ? limits
        : Quantity.bytes(platform.memory())
            + ", "
            + Quantity.bytes(platform.freeMemory())
            + " free; "
            + limits;
  }

  private static String cache(CacheReport cache) {
    return cache.folder().isEmpty()
        ? "none"
        : cache.folder()
            + ", "
            + (cache.writable() ? "" : "not ")
            + "writable, "
            + Quantity.bytes(cache.bytes())
            + " used"
            + (cache.writable() ? ", " + Quantity.bytes(cache.freeBytes()) + " free" : "");
  }

  private static String verdict(Checkup checkup) {
    String usable =
        checkup.usable() ? "Devices can be opened here" : "No device can be opened here";
    int problems = checkup.problems().size();
    return usable + (problems == 0 ? "." : "; " + Quantity.count(problems, "problem") + ":");
  }

  private static void section(PrintStream out, String title) {
    out.println();
    out.println(title);
  }
}
