// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.ofp.cli.device.KernelReport;
import org.ofp.cli.driver.DriverPath;
import org.ofp.cli.driver.DriverReport;
import org.ofp.kernels.KernelUnavailableException;

/**
 * What this computer offers to the SDK, in the names that {@code ofp doctor --json} keeps stable.
 *
 * @param usable whether some device can be opened here
 * @param problems what stands in the way of something, one line each
 * @param platform Java, system, processors, memory
 * @param drivers loaded and rejected
 * @param driverPath jars besides the SDK's
 * @param kernels host engines
 * @param libraries native libraries
 * @param cuda driver, GPUs and libraries of CUDA
 * @param cache where native libraries are unpacked
 */
public record Checkup(
    boolean usable,
    List<String> problems,
    Platform platform,
    List<DriverReport> drivers,
    List<DriverPath.Entry> driverPath,
    List<KernelReport> kernels,
    List<LibraryReport> libraries,
    CudaReport cuda,
    CacheReport cache) {

  /** Its driver's reasons are the {@link CudaReport}'s. */
  private static final String CUDA = "cuda";

  /** Looks at everything; native libraries are loaded, no device is opened. */
  public static Checkup of(DriverPath path) {
    List<String> problems = new ArrayList<>();
    // Before the libraries: they are unpacked into it.
    CacheReport cache = CacheReport.now();
    if (!cache.problem().isEmpty()) {
      problems.add("JavaCPP's cache: " + cache.problem());
    }
    CudaReport cuda = CudaReport.now();
    problems.addAll(cuda.problems());
    List<DriverReport> drivers = DriverReport.all(path);
    for (DriverReport driver : drivers) {
      if (!driver.usable() && !driver.scheme().equals(CUDA)) {
        problems.add("driver " + driver.scheme() + ": " + driver.reason());
      }
    }
    List<KernelReport> kernels = kernels(problems);
    List<LibraryReport> libraries = LibraryReport.all(kernels);
    for (LibraryReport library : libraries) {
      if (library.present() && !library.loads()) {
        problems.add(library.name() + ": " + library.reason());
      }
    }
    return new Checkup(
        drivers.stream().anyMatch(DriverReport::usable),
        problems,
        Platform.here(),
        drivers,
        path.entries(),
        kernels,
        libraries,
        cuda,
        cache);
  }

  /** An engine that was asked for by name may be missing. */
  private static List<KernelReport> kernels(List<String> problems) {
    try {
      return KernelReport.all();
    } catch (KernelUnavailableException e) {
      problems.add(e.getMessage());
      return List.of();
    }
  }
}
